package dev.rivulet.config;

import java.util.List;

/** The settings cannot be used. The message has one line per problem: the key, what is allowed, what was found, where. */
public final class SettingsException extends RuntimeException {
    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, never empty; safe to log, secrets are not in it. */
    public List<String> problems() {
        return problems;
    }
}
