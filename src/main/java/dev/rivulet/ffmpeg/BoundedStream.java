package dev.rivulet.ffmpeg;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a process prints, as long as it stays within a bound: an untrusted file may make it print without end. */
final class BoundedStream extends FilterInputStream {
    private final long bound;
    private final boolean lines;
    private long count;

    /** More was printed than anybody has use for. */
    static final class ExceededException extends IOException {
        private static final long serialVersionUID = 1L;

        ExceededException(long bound) {
            super("printed more than " + bound + " bytes");
        }
    }

    private BoundedStream(InputStream in, long bound, boolean lines) {
        super(in);
        this.bound = bound;
        this.lines = lines;
    }

    /** Bounds all of it. */
    static BoundedStream whole(InputStream in, long bytes) {
        return new BoundedStream(in, bytes, false);
    }

    /** Bounds each line. */
    static BoundedStream lines(InputStream in, long bytes) {
        return new BoundedStream(in, bytes, true);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count((byte) read);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        for (int i = 0; i < read; i++) {
            count(bytes[offset + i]);
        }
        return read;
    }

    private void count(byte read) throws IOException {
        count = lines && read == '\n' ? 0 : count + 1;
        if (count > bound) {
            throw new ExceededException(bound);
        }
    }
}
