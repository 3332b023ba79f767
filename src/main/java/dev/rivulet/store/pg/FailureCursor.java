package dev.rivulet.store.pg;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/** Where a page of failed attempts ended: the next one begins below it, whatever failed in between. */
record FailureCursor(Instant at, long task, int attempt) {
    private static final String SEPARATOR = "/";

    static FailureCursor of(Row row) {
        return new FailureCursor(
                row.getOffsetDateTime("at").toInstant(), row.getLong("task_id"), row.getInteger("attempt"));
    }

    /** @throws IllegalArgumentException when the text was never a cursor */
    static FailureCursor parse(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a cursor");
        }
        try {
            return new FailureCursor(Instant.parse(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a cursor", e);
        }
    }

    OffsetDateTime time() {
        return at.atOffset(ZoneOffset.UTC);
    }

    String text() {
        byte[] clear = (at + SEPARATOR + task + SEPARATOR + attempt).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(clear);
    }
}
