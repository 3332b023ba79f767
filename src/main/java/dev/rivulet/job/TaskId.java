package dev.rivulet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a task; given by the database. */
public record TaskId(@JsonValue long value) {
    @JsonCreator
    public TaskId {}

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
