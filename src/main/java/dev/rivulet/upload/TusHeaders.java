package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of a request by the protocol tus (https://tus.io/protocols/resumable-upload, version 1.0.0); every
 * refusal is a {@link Fault}.
 */
record TusHeaders(MultiMap headers) {
    static final String VERSION = "1.0.0";
    static final String RESUMABLE = "Tus-Resumable";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String DEFER_LENGTH = "Upload-Defer-Length";
    static final String METADATA = "Upload-Metadata";
    static final String CONCAT = "Upload-Concat";
    static final String CHECKSUM = "Upload-Checksum";
    static final String EXPIRES = "Upload-Expires";
    static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
    static final String BODY = "application/offset+octet-stream";

    /** Stands for a length that is not known before the end. */
    static final long UNKNOWN = -1;

    /** Whether the client speaks the version that we do. */
    void checkVersion() {
        if (!VERSION.equals(headers.get(RESUMABLE))) {
            throw new Fault(
                    412,
                    "unsupported_tus_version",
                    RESUMABLE + " must be " + VERSION + ": no other version is spoken.");
        }
    }

    /** What the client means, which some cannot say otherwise. */
    String method(String actual) {
        String meant = headers.get(METHOD_OVERRIDE);
        return meant == null ? actual : meant.strip().toUpperCase(Locale.ROOT);
    }

    /** Where the bytes of the request belong. */
    long offset() {
        Long offset = number(OFFSET);
        if (offset == null) {
            throw invalid(OFFSET);
        }
        return offset;
    }

    /** Bytes in all as far as it is said, null when not. */
    @Nullable
    Long length() {
        return number(LENGTH);
    }

    /** Bytes in all of an upload that begins, null when they are told later. */
    @Nullable
    Long lengthOrLater() {
        String deferred = headers.get(DEFER_LENGTH);
        Long length = length();
        if (deferred != null && !deferred.equals("1")) {
            throw invalid(DEFER_LENGTH);
        }
        if ((length == null) == (deferred == null)) {
            throw new Fault(
                    400,
                    "invalid_upload_length",
                    "An upload begins with either " + LENGTH + " or " + DEFER_LENGTH + ": 1.");
        }
        return length;
    }

    @Nullable
    UploadChecksum checksum() {
        String checksum = headers.get(CHECKSUM);
        return checksum == null ? null : UploadChecksum.parse(checksum);
    }

    UploadConcat concat() {
        return UploadConcat.parse(headers.get(CONCAT));
    }

    UploadMetadata metadata() {
        return UploadMetadata.parse(headers.get(METADATA));
    }

    /** Bytes of the request's body, or {@link #UNKNOWN}. */
    long bodyLength() {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.matches("\\d{1,18}")) {
            return Long.parseLong(length);
        }
        return headers.contains(HttpHeaders.TRANSFER_ENCODING) ? UNKNOWN : 0;
    }

    /** Whether the body is of bytes for the upload. */
    void checkBodyType() {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(BODY)) {
            throw new Fault(415, "unsupported_media_type", "The body must be of the type " + BODY + ".");
        }
    }

    private @Nullable Long number(String name) {
        String text = headers.get(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            throw invalid(name);
        }
        return Long.parseLong(text);
    }

    private static Fault invalid(String name) {
        String code = "invalid_" + name.toLowerCase(Locale.ROOT).replace('-', '_');
        return new Fault(400, code, "The header " + name + " is missing or not valid.");
    }
}
