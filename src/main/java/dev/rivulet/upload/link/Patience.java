package dev.rivulet.upload.link;

import java.time.Duration;

/**
 * How long a server is waited for, and how often it is asked again.
 *
 * @param connect until a connection stands
 * @param idle without a byte
 * @param fruitless tries in a row after which it is given up
 * @param pause after the first of them; twice as long after each further one
 * @param longestPause limit of that, and the pause when there is no room here
 * @param recorded how often what has arrived is made durable and told
 */
public record Patience(
        Duration connect, Duration idle, int fruitless, Duration pause, Duration longestPause, Duration recorded) {
    /** For servers in the wide world. */
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            6,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMillis(250));
}
