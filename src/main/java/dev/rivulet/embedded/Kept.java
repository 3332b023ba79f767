package dev.rivulet.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;

/** What is chosen once and kept in the folder of an embedded server: its port and its password. */
final class Kept {
    /** Below the range from which Linux takes ports for outgoing connections, so that none of those is in the way. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;
    private static final int TRIES = 200;

    private Kept() {}

    /** The port that was used before, as long as nobody else listens on it; else a free one, kept from now on. */
    static int port(Path folder) throws IOException {
        Path file = folder.resolve("port");
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            if (text.matches("\\d{4,5}") && free(Integer.parseInt(text))) {
                return Integer.parseInt(text);
            }
        }
        Random random = new SecureRandom();
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST_PORT + random.nextInt(LAST_PORT - FIRST_PORT);
            if (free(port)) {
                keep(file, Integer.toString(port));
                return port;
            }
        }
        throw new IOException("no free port on 127.0.0.1 from " + FIRST_PORT + " to " + LAST_PORT);
    }

    /** The file with the password, which only its owner may read; made at the first call. */
    static Path password(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            keep(file, HexFormat.of().formatHex(secret));
        }
        return file;
    }

    /** Writes a file whole or not at all, readable by its owner only. */
    static void keep(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // in use
        }
    }
}
