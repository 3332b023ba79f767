package dev.rivulet.upload;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file itself of an {@link AppendedFile}. Everything blocks, and comes one after the other but for syncs. */
final class AppendedBytes {
    /** What is written at once; one for each thread, because to make a new one each time costs more than to fill it. */
    private static final ThreadLocal<byte[]> PIECE = ThreadLocal.withInitial(() -> new byte[256 << 10]);

    private final FileChannel channel;
    private final UploadChecksum.@Nullable Sum sum;

    /**
     * @param channel open for writing, at the end of what is kept
     * @param sum adds up what is written, null when nobody asks for it
     */
    AppendedBytes(FileChannel channel, UploadChecksum.@Nullable Sum sum) {
        this.channel = channel;
        this.sum = sum;
    }

    /** Writes what the buffers hold, in pieces as large as may be: they come from the network in small ones. */
    @Nullable
    Void append(List<Buffer> buffers) throws IOException {
        byte[] piece = PIECE.get();
        int filled = 0;
        for (Buffer buffer : buffers) {
            int at = 0;
            while (at < buffer.length()) {
                int count = Math.min(piece.length - filled, buffer.length() - at);
                buffer.getBytes(at, at + count, piece, filled);
                at += count;
                filled += count;
                if (filled == piece.length) {
                    write(ByteBuffer.wrap(piece));
                    filled = 0;
                }
            }
        }
        write(ByteBuffer.wrap(piece, 0, filled));
        return null;
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (sum != null) {
            sum.add(bytes.duplicate());
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Waits until what was written is on stable storage.
     *
     * @param length answered again
     */
    long synced(long length, boolean metaData) throws IOException {
        channel.force(metaData);
        return length;
    }

    /** Throws away what is behind {@code length}, for good. */
    @Nullable
    Void truncate(long length) throws IOException {
        channel.truncate(length).position(length);
        channel.force(true);
        return null;
    }

    void close() throws IOException {
        channel.close();
    }
}
