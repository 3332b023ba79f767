package dev.rivulet.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a data folder for this process. The operating system lets go of it when the process ends, however it ends. Take
 * it before anything in the folder is touched, close it last.
 */
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder, creating it when it is missing.
     *
     * @throws StartException when another process holds it, or it cannot be written
     */
    public static DataLock take(Path dataDir) {
        Path file = dataDir.resolve("lock");
        try {
            Files.createDirectories(dataDir);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String holder = holder(channel);
                channel.close();
                throw new StartException("data folder " + dataDir + " is in use by another Rivulet" + holder
                        + "; stop it, or set another data.dir and http.port");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DataLock(channel);
        } catch (OverlappingFileLockException e) {
            // Held by this very process. The channel stays open: closing it would let go of the lock that is held.
            throw new StartException("data folder " + dataDir + " is in use by another Rivulet in this process", e);
        } catch (IOException e) {
            throw new StartException("data folder " + dataDir + " cannot be written: " + reason(e), e);
        }
    }

    /** The commonest failures have a path for a message and nothing else. */
    private static String reason(IOException failure) {
        if (failure instanceof FileAlreadyExistsException) {
            return "it is a file";
        }
        return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        return channel.tryLock() != null;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8);
        return text.isEmpty() ? "" : " (process " + text + ")";
    }
}
