package dev.rivulet.web;

import dev.rivulet.store.MediaFiles.StoredFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Validators of RFC 9110, 8.8: two files under one name differ in time or size, because files are replaced whole. */
final class EntityTag {
    private EntityTag() {}

    /** A strong tag. */
    static String of(StoredFile file) {
        Instant modified = file.modified();
        return "\"" + Long.toHexString(file.size()) + "-" + Long.toHexString(modified.getEpochSecond())
                + Integer.toHexString(modified.getNano()) + "\"";
    }

    /** The tag of a copy that was compressed on the way. */
    static String weak(String tag) {
        return "W/" + tag;
    }

    /** If-None-Match, by the weak comparison. */
    static boolean matches(@Nullable String header, String tag) {
        if (header == null) {
            return false;
        }
        if (header.strip().equals("*")) {
            return true;
        }
        for (String candidate : header.split(",")) {
            if (strong(candidate.strip()).equals(strong(tag))) {
                return true;
            }
        }
        return false;
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
