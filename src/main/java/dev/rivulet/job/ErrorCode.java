package dev.rivulet.job;

import java.util.Locale;

/** Why a file could not be fetched, or not be turned into a video; the public {@code error.code}, in lower case. */
public enum ErrorCode {
    NOT_A_VIDEO,
    NO_VIDEO_STREAM,
    UNSUPPORTED_CODEC,
    CORRUPT_INPUT,
    TOO_LONG,
    TOO_LARGE,
    TOO_MANY_PIXELS,
    ENCRYPTED,
    ENCODE_FAILED,
    TIMED_OUT,
    LINK_UNREACHABLE,
    LINK_REFUSED,
    LINK_UNUSABLE,
    ADDRESS_REFUSED,
    IMPORT_TIMED_OUT;

    /** As in the API. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such code */
    public static ErrorCode of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
