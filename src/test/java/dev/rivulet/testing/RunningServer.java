package dev.rivulet.testing;

import dev.rivulet.Server;
import dev.rivulet.config.Settings;
import dev.rivulet.config.SettingsLoader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A whole server in this process, with embedded servers and a data folder of its own, on a free port. */
public final class RunningServer implements Site, AutoCloseable {
    private final Vertx vertx;
    private final Server server;
    private final Path data;

    private RunningServer(Vertx vertx, Server server, Path data) {
        this.vertx = vertx;
        this.server = server;
        this.data = data;
    }

    /** @param more lines of YAML beside data folder and port */
    public static RunningServer start(Path data, String... more) {
        Vertx vertx = Vertx.vertx();
        try {
            Files.createDirectories(data);
            if (Stream.of(more).noneMatch(line -> line.startsWith("postgres:"))) {
                FirstStart.into(data);
            }
            Path file = data.resolveSibling(data.getFileName() + ".yaml");
            Files.writeString(file, "data: {dir: " + data + "}\nhttp: {port: 0}\n" + String.join("\n", more) + "\n");
            Settings settings = Futures.await(SettingsLoader.load(vertx, file.toString()));
            return new RunningServer(vertx, Server.start(vertx, settings), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public URI uri(String path) {
        return URI.create(url() + path);
    }

    public int port() {
        return server.port();
    }

    public Path data() {
        return data;
    }

    /** What it runs on: to lose messages of its bus. */
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        server.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException
                | java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
