package dev.rivulet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.UUID;

/** Names a video in every table, path, key, address and message. */
public record VideoId(@JsonValue UUID value) {
    @JsonCreator
    public VideoId {}

    public static VideoId random() {
        return new VideoId(UUID.randomUUID());
    }

    /** The id in its canonical lower-case form, or empty when the text is anything else. */
    public static Optional<VideoId> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            VideoId id = new VideoId(UUID.fromString(text));
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
