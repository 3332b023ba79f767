package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.web.Wording;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an upload form; those that nobody knows are left alone. */
final class FormFields {
    private static final int MOST_BYTES = 32 * 1024;
    private static final int MOST_PRIORITY = 10;

    private final Map<String, String> texts = new HashMap<>();
    private String name = "";
    private Buffer value = Buffer.buffer();

    void begins(String field) {
        name = field;
        value = Buffer.buffer();
    }

    /** @throws Fault when the field is longer than any may be */
    void content(Buffer bytes) {
        if (value.length() + bytes.length() > MOST_BYTES) {
            throw new Fault(400, "field_too_long", "A field must not be longer than " + MOST_BYTES + " bytes.");
        }
        value.appendBuffer(bytes);
    }

    /** @throws Fault when the value is not allowed, so that nobody sends a file for nothing */
    void ends() {
        texts.put(name, value.toString());
        switch (name) {
            case "title" -> title();
            case "description" -> description();
            case "priority" -> priority();
            default -> texts.remove(name);
        }
    }

    /** The title, null when there is none or an empty one. */
    @Nullable
    String title() {
        String text = texts.get("title");
        return text == null || text.isBlank() ? null : Wording.title(text);
    }

    @Nullable
    String description() {
        String text = texts.get("description");
        return text == null || text.isBlank() ? null : Wording.description(text);
    }

    /** From -10 to 10, null when there is none. */
    @Nullable
    Integer priority() {
        String text = texts.get("priority");
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.strip().matches("[+-]?\\d{1,2}") && Math.abs(Integer.parseInt(text.strip())) <= MOST_PRIORITY) {
            return Integer.parseInt(text.strip());
        }
        throw new Fault(
                400,
                "invalid_priority",
                "The priority must be a whole number from -" + MOST_PRIORITY + " to " + MOST_PRIORITY + ".");
    }
}
