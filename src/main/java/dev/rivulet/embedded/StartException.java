package dev.rivulet.embedded;

import org.jspecify.annotations.Nullable;

/** A part of the machine cannot be used. The message is one line that says what is wrong and what can be done. */
public final class StartException extends RuntimeException {
    public StartException(String message) {
        super(message);
    }

    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
