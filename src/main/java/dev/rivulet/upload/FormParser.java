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

    /** What was held, and behind it what has just arrived; kept, because whole films go this way in small pieces. */
    private byte[] seen = {};

    /** Where it ends in {@link #seen}. */
    private int end;

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
        end = held.length + arrived.length();
        if (seen.length < end) {
            seen = new byte[end];
        }
        System.arraycopy(held, 0, seen, 0, held.length);
        arrived.getBytes(seen, held.length);
        int at = 0;
        int next = step(arrived, at);
        while (next >= 0) {
            consumed += next - at;
            at = next;
            next = step(arrived, at);
        }
        held = Arrays.copyOfRange(seen, at, end);
    }

    /** Makes one step and gives where it ended, or -1 when more bytes are needed. */
    private int step(Buffer arrived, int at) {
        return switch (state) {
            case PREAMBLE -> preamble(at);
            case BEHIND_DELIMITER -> behindDelimiter(at);
            case HEADER -> header(at);
            case CONTENT -> content(arrived, at);
            case EPILOGUE -> at < end ? end : -1;
        };
    }

    private int preamble(int at) {
        int found = delimiter.find(seen, at, end);
        if (found >= 0) {
            state = State.BEHIND_DELIMITER;
            return found + delimiter.length();
        }
        if (end - at > MOST_HEADER_BYTES) {
            throw broken("The body does not begin with its boundary.");
        }
        return -1;
    }

    private int behindDelimiter(int at) {
        if (end - at < 2) {
            return -1;
        }
        if (seen[at] == '-' && seen[at + 1] == '-') {
            state = State.EPILOGUE;
            return at + 2;
        }
        if (++parts > MOST_PARTS) {
            throw new Fault(400, "too_many_parts", "The form has more than " + MOST_PARTS + " parts.");
        }
        state = State.HEADER;
        return at;
    }

    private int header(int at) {
        int blank = blankLine(at);
        if ((blank < 0 ? end : blank) - at > MOST_HEADER_BYTES) {
            throw broken("The header of a part is too long.");
        }
        if (blank < 0) {
            return -1;
        }
        String lines = new String(seen, at, blank - at, StandardCharsets.UTF_8);
        if (!lines.startsWith("\r\n") && !lines.isBlank() && lines.charAt(0) != ' ' && lines.charAt(0) != '\t') {
            throw broken("A boundary does not end its line.");
        }
        PartHead head = PartHead.parse(lines);
        state = State.CONTENT;
        // Counted before it is told, so that the sink may ask where the content begins.
        int begin = blank + BLANK_LINE.length;
        consumed += begin - at;
        sink.partBegins(head);
        consumed -= begin - at;
        return begin;
    }

    private int content(Buffer arrived, int at) {
        int found = delimiter.find(seen, at, end);
        int until = found >= 0 ? found : end - delimiter.length() + 1;
        if (until > at) {
            tell(arrived, at, until);
        }
        if (found >= 0) {
            state = State.BEHIND_DELIMITER;
            sink.partEnds();
            return found + delimiter.length();
        }
        return until > at ? until : -1;
    }

    /** What has just arrived is not copied again. */
    private void tell(Buffer arrived, int from, int until) {
        int before = end - arrived.length();
        if (from < before) {
            int count = Math.min(before, until) - from;
            sink.partContent(Buffer.buffer(count).appendBytes(seen, from, count));
        }
        if (until > before) {
            sink.partContent(arrived.slice(Math.max(from - before, 0), until - before));
        }
    }

    private int blankLine(int from) {
        for (int i = from; i + BLANK_LINE.length <= end; i++) {
            if (Arrays.equals(seen, i, i + BLANK_LINE.length, BLANK_LINE, 0, BLANK_LINE.length)) {
                return i;
            }
        }
        return -1;
    }

    private static Fault broken(String why) {
        return new Fault(400, "bad_multipart", why);
    }
}
