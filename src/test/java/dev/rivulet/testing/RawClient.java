package dev.rivulet.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that may behave badly. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader in;

    public RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a head. */
    public void send(String... lines) {
        write(String.join("\r\n", lines) + "\r\n\r\n");
    }

    public void chunk(String content) {
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        write(Integer.toHexString(length) + "\r\n" + content + "\r\n");
    }

    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String line() {
        try {
            return String.valueOf(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer of HTTP/1.1 whose body is one line of JSON. */
    public String answer() {
        StringBuilder answer = new StringBuilder();
        int length = 0;
        for (String line = line(); !line.isEmpty() && !line.equals("null"); line = line()) {
            answer.append(line).append('\n');
            if (line.startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        char[] body = new char[length];
        try {
            int read = 0;
            while (read < length) {
                int count = in.read(body, read, length - read);
                if (count < 0) {
                    break;
                }
                read += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.append(body).toString();
    }

    /** Reads until {@code text} has come; false when the other side closes before. */
    public boolean comes(String text) {
        try {
            int matched = 0;
            int next = in.read();
            while (next >= 0 && matched < text.length()) {
                matched = next == text.charAt(matched) ? matched + 1 : next == text.charAt(0) ? 1 : 0;
                next = matched < text.length() ? in.read() : next;
            }
            return matched == text.length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes without a goodbye; what the other side has not read is lost to it. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
