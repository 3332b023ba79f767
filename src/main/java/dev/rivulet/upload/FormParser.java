package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a multipart/form-data body apart while it arrives (RFC 7578, RFC 2046, 5.1) and holds back no more than a
 * delimiter or one part's header. The decoder behind {@code setExpectMultipart} keeps up to 16 MiB for each upload and
 * tells fields only when the body has ended, so it can name no row when the file begins.
 */
final class FormParser {
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary\\s*=\\s*(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final int MOST_HEADER_BYTES = 8 * 1024;
    private static final int MOST_PARTS = 32;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private final Delimiter delimiter;
    private final Sink sink;
    private State state = State.PREAMBLE;
    /** The first delimiter may stand at the very beginning, where no line break precedes it. */
    private byte[] held = {'\r', '\n'};

    private long consumed = -2;
    private int parts;

    private enum State {
        PREAMBLE,
        BEHIND_DELIMITER,
        HEADER,
        CONTENT,
        EPILOGUE
    }

    /** Hears what the parser finds, in order. */
    interface Sink {
        void partBegins(PartHead head);

        void partContent(Buffer bytes);

        void partEnds();
    }

    FormParser(String boundary, Sink sink) {
        this.delimiter = new Delimiter(boundary);
        this.sink = sink;
    }

    /** The boundary that a Content-Type names, or null. */
    static @Nullable String boundary(String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        return !boundary.find() ? null : boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    }

    /** Bytes of the body up to where the parser stands. */
    long consumed() {
        return consumed;
    }

    /** Bytes that end a body behind its last part. */
    int tail() {
        return delimiter.length() + 4;
    }

    /** Whether the body was seen to its end. */
    boolean complete() {
        return state == State.EPILOGUE;
    }

    /** @throws Fault when this is no form */
    void feed(Buffer arrived) {
        byte[] bytes = joined(held, arrived);
        int at = 0;
        int next = step(bytes, at);
        while (next >= 0) {
            consumed += next - at;
            at = next;
            next = step(bytes, at);
        }
        held = Arrays.copyOfRange(bytes, at, bytes.length);
    }

    /** Makes one step and gives where it ended, or -1 when more bytes are needed. */
    private int step(byte[] bytes, int at) {
        return switch (state) {
            case PREAMBLE -> preamble(bytes, at);
            case BEHIND_DELIMITER -> behindDelimiter(bytes, at);
            case HEADER -> header(bytes, at);
            case CONTENT -> content(bytes, at);
            case EPILOGUE -> at < bytes.length ? bytes.length : -1;
        };
    }

    private int preamble(byte[] bytes, int at) {
        int found = delimiter.find(bytes, at);
        if (found >= 0) {
            state = State.BEHIND_DELIMITER;
            return found + delimiter.length();
        }
        if (bytes.length - at > MOST_HEADER_BYTES) {
            throw broken("The body does not begin with its boundary.");
        }
        return -1;
    }

    private int behindDelimiter(byte[] bytes, int at) {
        if (bytes.length - at < 2) {
            return -1;
        }
        if (bytes[at] == '-' && bytes[at + 1] == '-') {
            state = State.EPILOGUE;
            return at + 2;
        }
        if (++parts > MOST_PARTS) {
            throw new Fault(400, "too_many_parts", "The form has more than " + MOST_PARTS + " parts.");
        }
        state = State.HEADER;
        return at;
    }

    private int header(byte[] bytes, int at) {
        int end = blankLine(bytes, at);
        if ((end < 0 ? bytes.length : end) - at > MOST_HEADER_BYTES) {
            throw broken("The header of a part is too long.");
        }
        if (end < 0) {
            return -1;
        }
        String lines = new String(bytes, at, end - at, StandardCharsets.UTF_8);
        if (!lines.startsWith("\r\n") && !lines.isBlank() && lines.charAt(0) != ' ' && lines.charAt(0) != '\t') {
            throw broken("A boundary does not end its line.");
        }
        PartHead head = PartHead.parse(lines);
        state = State.CONTENT;
        // Counted before it is told, so that the sink may ask where the content begins.
        int begin = end + BLANK_LINE.length;
        consumed += begin - at;
        sink.partBegins(head);
        consumed -= begin - at;
        return begin;
    }

    private int content(byte[] bytes, int at) {
        int found = delimiter.find(bytes, at);
        int end = found >= 0 ? found : bytes.length - delimiter.length() + 1;
        if (end > at) {
            sink.partContent(Buffer.buffer(end - at).appendBytes(bytes, at, end - at));
        }
        if (found >= 0) {
            state = State.BEHIND_DELIMITER;
            sink.partEnds();
            return found + delimiter.length();
        }
        return end > at ? end : -1;
    }

    private static int blankLine(byte[] bytes, int from) {
        for (int i = from; i + BLANK_LINE.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + BLANK_LINE.length, BLANK_LINE, 0, BLANK_LINE.length)) {
                return i;
            }
        }
        return -1;
    }

    /** One copy: whole films go this way. */
    private static byte[] joined(byte[] held, Buffer arrived) {
        byte[] both = Arrays.copyOf(held, held.length + arrived.length());
        arrived.getBytes(both, held.length);
        return both;
    }

    private static Fault broken(String why) {
        return new Fault(400, "bad_multipart", why);
    }
}
