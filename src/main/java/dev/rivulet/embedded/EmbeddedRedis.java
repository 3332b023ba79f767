package dev.rivulet.embedded;

import dev.rivulet.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of our own, with its data in {@code <data.dir>/redis}: on 127.0.0.1 only, with a password, every write in an
 * append-only file. Started again when it ends by itself, until it is closed. Blocking; to be used under the
 * {@link DataLock}.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final String BINARY = "/redis-server-6.2.6-v5-linux-amd64";

    private final RedisProcess server;
    private final Supervision supervision;

    private EmbeddedRedis(RedisProcess server) {
        this.server = server;
        this.supervision = Supervision.of("embedded Redis", server);
    }

    /**
     * Starts the server; stops one that a killed process left behind.
     *
     * @throws StartException when it cannot be started
     */
    public static EmbeddedRedis start(Path dataDir) {
        try {
            Path folder = Files.createDirectories(dataDir.resolve("redis"));
            Path program = unpacked(dataDir);
            List<ProcessHandle> leftovers = Leftovers.in(dataDir, folder);
            if (!leftovers.isEmpty()) {
                LOG.info("stopping the Redis that an earlier process left running");
                leftovers.forEach(ProcessHandle::destroy);
                Leftovers.await(leftovers);
            }
            String password = Files.readString(Kept.password(folder));
            RedisProcess server = new RedisProcess(program, folder, Kept.port(folder), password);
            Files.deleteIfExists(server.log());
            server.start();
            return new EmbeddedRedis(server);
        } catch (IOException e) {
            throw new StartException("embedded Redis: " + e.getMessage(), e);
        }
    }

    /** How to reach it. */
    public Settings.Redis connection() {
        return server.connection();
    }

    /** Writes everything down and stops; well under a second. */
    @Override
    public void close() {
        supervision.close();
        server.stop();
    }

    private static Path unpacked(Path dataDir) throws IOException {
        URL binary = EmbeddedRedis.class.getResource(BINARY);
        if (binary == null) {
            throw new StartException("no Redis for this machine in the program; set redis.url");
        }
        String name = ToolFolder.jarName(binary).replaceFirst("^embedded-", "");
        return ToolFolder.of(dataDir, name, folder -> {
                    Path program = folder.resolve("redis-server");
                    try (InputStream in = binary.openStream()) {
                        Files.copy(in, program);
                    }
                    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis-server");
    }
}
