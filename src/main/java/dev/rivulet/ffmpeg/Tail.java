package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The end of a log: hints for people. */
final class Tail {
    private static final int LENGTH = 4000;

    private Tail() {}

    /** Its last 4000 bytes; empty when there is no log. */
    static String of(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - LENGTH));
            byte[] bytes = new byte[LENGTH];
            int read = channel.read(ByteBuffer.wrap(bytes));
            return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
