package dev.rivulet.store;

import dev.rivulet.job.EarlySource;
import dev.rivulet.job.EarlySource.Part;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MovieHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An uploaded file of which bytes are still on their way, read where its parts lie: a byte that has arrived never changes, and
 * stays readable here when the parts are put together and the whole takes its final name. Blocks; for one thread.
 */
public final class ArrivingFile implements MovieHead.Bytes, AutoCloseable {
    private final List<Stretch> stretches;
    private final List<FileChannel> channels;
    private final long size;
    private long arrived;

    private ArrivingFile(List<Stretch> stretches, List<FileChannel> channels, long size, long arrived) {
        this.stretches = stretches;
        this.channels = channels;
        this.size = size;
        this.arrived = arrived;
    }

    /**
     * Bytes of a file that follow each other.
     *
     * @param file which begins with them
     * @param length in the whole, be they there or not
     * @param there of them, from the beginning
     */
    public record Stretch(Path file, long length, long there) {}

    /**
     * Where the bytes lie just now.
     *
     * @param source where the whole file has its final place
     * @param arrived bytes from the beginning that are there; a second part is there whole
     * @throws IOException when they lie nowhere: the upload was given up, or is being put together just now
     */
    public static List<Stretch> find(WorkFolders folders, Path source, VideoId video, List<Part> parts, long arrived)
            throws IOException {
        long size = EarlySource.size(parts);
        if (Files.exists(source)) {
            return List.of(new Stretch(source, size, size));
        }
        Path whole = folders.upload(video);
        if (parts.size() == 1) {
            return List.of(present(whole, size, Math.min(arrived, size)));
        }
        boolean joining = Files.exists(whole);
        if (joining && Files.size(whole) == size) {
            return List.of(new Stretch(whole, size, size));
        }
        Part first = parts.get(0);
        Part second = parts.get(1);
        Path front = joining ? whole : folders.upload(first.upload());
        return List.of(
                present(front, first.length(), Math.min(arrived, first.length())),
                present(folders.upload(second.upload()), second.length(), second.length()));
    }

    private static Stretch present(Path file, long length, long there) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new Stretch(file, length, there);
    }

    /** Opens the files in which the bytes lie. */
    public static ArrivingFile open(List<Stretch> stretches) throws IOException {
        List<FileChannel> channels = new ArrayList<>();
        try {
            for (Stretch stretch : stretches) {
                channels.add(FileChannel.open(stretch.file(), StandardOpenOption.READ));
            }
        } catch (IOException e) {
            for (FileChannel channel : channels) {
                channel.close();
            }
            throw e;
        }
        long size = stretches.stream().mapToLong(Stretch::length).sum();
        Stretch first = stretches.get(0);
        boolean all = first.there() == first.length();
        return new ArrivingFile(stretches, channels, size, all ? size : first.there());
    }

    /** Bytes of the whole file. */
    public long size() {
        return size;
    }

    /** Bytes from the beginning that are there. */
    public long arrived() {
        return arrived;
    }

    /** More has arrived. */
    public void arrived(long bytes) {
        arrived = Math.max(arrived, Math.min(bytes, size));
    }

    /** How many bytes are there from {@code offset} on, in the file that holds it; 0 when it has not arrived. */
    public long there(long offset) {
        long begin = 0;
        for (int i = 0; i < stretches.size(); i++) {
            long end = begin + stretches.get(i).length();
            if (offset < end) {
                return Math.max(0, (i == 0 ? Math.min(arrived, end) : end) - offset);
            }
            begin = end;
        }
        return 0;
    }

    /**
     * Reads bytes that are there.
     *
     * @param most how many; fewer where the file that holds them ends
     */
    public byte[] read(long offset, int most) throws IOException {
        long begin = 0;
        int in = 0;
        while (offset >= begin + stretches.get(in).length()) {
            begin += stretches.get(in).length();
            in++;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, there(offset)));
        while (bytes.hasRemaining()) {
            if (channels.get(in).read(bytes, offset - begin + bytes.position()) < 0) {
                throw new IOException("the file is shorter than it was");
            }
        }
        return bytes.array();
    }

    @Override
    public Optional<byte[]> at(long offset, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining() && there(offset + bytes.position()) > 0) {
                bytes.put(read(offset + bytes.position(), bytes.remaining()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.hasRemaining() ? Optional.empty() : Optional.of(bytes.array());
    }

    /** Digest of the bytes that a plan is made from; empty when they are not all there. */
    public Optional<String> digest(long front, long moovAt, int moovLength) {
        return at(0, (int) front).flatMap(first -> at(moovAt, moovLength).map(index -> sha256(first, index)));
    }

    private static String sha256(byte[] first, byte[] index) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            return HexFormat.of().formatHex(digest.digest(index));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
