package dev.rivulet.job;

/**
 * Something that a call needs, such as the database, cannot be reached just now. Nothing is wrong with the call: the same
 * one may succeed later. Whether it took effect is not known, when its answer was lost on the way.
 */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause as the driver says it; may name hosts and users, so it is for the log alone */
    public UnavailableException(String what, Throwable cause) {
        super(what + " cannot be reached: " + cause, cause, false, false);
    }
}
