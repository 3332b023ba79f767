package dev.rivulet.store.pg;

import dev.rivulet.store.Video;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;

/** Where a page of videos ended: the next one begins below this pair, whatever was added or removed in between. */
record PageCursor(Instant createdAt, UUID id) {
    private static final String SEPARATOR = "/";

    static PageCursor of(Video video) {
        return new PageCursor(video.createdAt(), video.id().value());
    }

    /** @throws IllegalArgumentException when the text was never a cursor */
    static PageCursor parse(String text) {
        try {
            String clear = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int at = clear.indexOf(SEPARATOR);
            if (at < 0) {
                throw new IllegalArgumentException("not a cursor");
            }
            return new PageCursor(Instant.parse(clear.substring(0, at)), UUID.fromString(clear.substring(at + 1)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a cursor", e);
        }
    }

    OffsetDateTime time() {
        return createdAt.atOffset(ZoneOffset.UTC);
    }

    String text() {
        byte[] clear = (createdAt + SEPARATOR + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(clear);
    }
}
