package dev.rivulet;

import dev.rivulet.embedded.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a node calls itself in claims and in the manifest: chosen once for a data folder, the same after each restart, so
 * that a process knows what the one before it has left.
 */
final class NodeName {
    private static final String FILE = "node";
    private static final int LONGEST_HOST = 60;

    private NodeName() {}

    /**
     * The name that is kept in the data folder. The first time it is made of the host's name and something random.
     *
     * @param dataDir under its lock
     */
    static String of(Path dataDir) {
        Path file = dataDir.resolve(FILE);
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!kept.isEmpty()) {
                return kept;
            }
            byte[] random = new byte[4];
            new SecureRandom().nextBytes(random);
            String name = host() + "-" + HexFormat.of().formatHex(random);
            Path fresh = dataDir.resolve(FILE + ".new");
            Files.writeString(fresh, name);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return name;
        } catch (IOException e) {
            throw new StartException("cannot keep the name of this node in " + file + ": " + e.getMessage(), e);
        }
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "");
            return name.isEmpty() ? "node" : name.substring(0, Math.min(LONGEST_HOST, name.length()));
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
