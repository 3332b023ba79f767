package dev.rivulet.store;

import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a remote file from another, byte for byte (RFC 9110, 8.8.1: strong).
 *
 * @param etag a strong entity tag with its quotes, null when there is none
 * @param lastModified as the server wrote it, null when there is none or it does not prove enough
 */
public record Validator(@Nullable String etag, @Nullable String lastModified) {
    /** Nothing that would prove that two states are the same. */
    public static final Validator NONE = new Validator(null, null);

    /** The value of If-Range (RFC 9110, 13.1.5), null when nothing may stand there. */
    public @Nullable String condition() {
        return etag == null ? lastModified : etag;
    }
}
