package dev.rivulet.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * As whom PostgreSQL runs: it refuses to run as root. An ordinary user is taken as is. Root is hidden in a user namespace
 * without a mapping, in which it counts as nobody, on its files too, so that nothing has to change hands. Where such
 * namespaces are forbidden, as in most containers, the server's folder is given to nobody.
 */
final class PostgresUser {
    private static final List<String> HIDDEN = List.of("unshare", "--user");
    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    private static final Integer NOBODYS_ID = 65534;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private PostgresUser() {}

    /**
     * Words to put before each of its commands; none for an ordinary user.
     *
     * @param folder the server's own, given to nobody if need be
     * @param bin where the programs are
     */
    static List<String> prefix(Path folder, Path bin) throws IOException {
        if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            return List.of();
        }
        boolean nobodys = NOBODYS_ID.equals(Files.getAttribute(folder, "unix:uid"));
        if (!nobodys && succeeds(HIDDEN, "true")) {
            return HIDDEN;
        }
        Command.Result given =
                Command.run(List.of("chown", "-R", "65534:65534", folder.toString()), Map.of(), Duration.ofMinutes(1));
        if (given.exit() != 0 || !succeeds(NOBODY, "test", "-w", folder.toString(), "-a", "-x", bin + "/postgres")) {
            throw new IOException("does not run as root, user namespaces are forbidden here, and the user nobody cannot"
                    + " reach " + folder + "; start as an ordinary user, let data.dir be in a folder that all may"
                    + " enter, or set postgres.url");
        }
        return NOBODY;
    }

    private static boolean succeeds(List<String> prefix, String... words) throws IOException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(words));
        return Command.run(all, Map.of(), LIMIT).exit() == 0;
    }
}
