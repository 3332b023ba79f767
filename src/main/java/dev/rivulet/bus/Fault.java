package dev.rivulet.bus;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** A failure that crosses the bus or the HTTP border: a stable code, a sentence for people, an HTTP status. */
public final class Fault extends ReplyException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    /**
     * @param httpStatus 400 to 599
     * @param code stable, lower case with underscores
     * @param message one sentence that may be shown to anybody
     */
    public Fault(int httpStatus, String code, String message) {
        super(ReplyFailure.RECIPIENT_FAILURE, httpStatus, message);
        this.code = code;
        this.retryable = httpStatus == 429 || httpStatus >= 500;
    }

    public String code() {
        return code;
    }

    public int httpStatus() {
        return failureCode();
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** Something that is needed, such as the database, cannot be reached just now. */
    public static Fault unavailable() {
        return new Fault(503, "unavailable", "A part of the server cannot be reached just now. Try again in a moment.");
    }

    /** The disk is full. */
    public static Fault noRoom() {
        return new Fault(507, "insufficient_storage", "The server has no space left for this file.");
    }

    /** There is no such video. */
    public static Fault unknownVideo() {
        return new Fault(404, "video_not_found", "There is no video with this id.");
    }
}
