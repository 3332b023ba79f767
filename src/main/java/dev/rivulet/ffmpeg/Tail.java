package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The end of a log, and of a long one its beginning too, which says what went wrong first. */
final class Tail {
    private static final int LENGTH = 4000;
    private static final int BEGINNING = 1000;

    private Tail() {}

    /** Its last 4000 bytes, after the first 1000 of a longer one; empty when there is no log. */
    static String of(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            long size = channel.size();
            if (size <= BEGINNING + LENGTH) {
                return text(channel, 0, BEGINNING + LENGTH).strip();
            }
            return (text(channel, 0, BEGINNING) + "\n...\n" + text(channel, size - LENGTH, LENGTH)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String text(SeekableByteChannel channel, long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = channel.position(from).read(ByteBuffer.wrap(bytes));
        return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
    }
}
