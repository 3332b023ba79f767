package dev.rivulet.media;

/** A file that should be media does not have the structure that it must have. */
public final class MalformedMediaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, in one line */
    public MalformedMediaException(String message) {
        super(message);
    }
}
