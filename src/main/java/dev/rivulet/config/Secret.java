package dev.rivulet.config;

import java.util.regex.Pattern;

/**
 * A value that must not appear in logs.
 *
 * @param value the secret itself; empty when none is set
 */
public record Secret(String value) {
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@]*@");
    private static final Pattern IN_QUERY = Pattern.compile("(?i)(password|secret|token)=[^&]*");

    @Override
    public String toString() {
        return value.isEmpty() ? "" : "***";
    }

    /** The address with user and password struck out. */
    static String masked(String url) {
        return IN_QUERY.matcher(USER_INFO.matcher(url).replaceAll("***@")).replaceAll("$1=***");
    }
}
