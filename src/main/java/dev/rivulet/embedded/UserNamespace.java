package dev.rivulet.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL refuses to run as root. In a user namespace without a mapping root is seen as nobody, by the server and on
 * its files alike, and nothing has to change hands.
 */
final class UserNamespace {
    private static final List<String> UNSHARE = List.of("unshare", "--user");

    private UserNamespace() {}

    /** Words to put before a command; none for an ordinary user. */
    static List<String> prefix() throws IOException {
        if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            return List.of();
        }
        Command.Result result = Command.run(List.of("unshare", "--user", "true"), Map.of(), Duration.ofSeconds(10));
        if (result.exit() != 0) {
            throw new IOException("does not run as root, and user namespaces are not allowed here (" + result.tail()
                    + "); start as an ordinary user, or set postgres.url");
        }
        return UNSHARE;
    }
}
