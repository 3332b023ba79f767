package dev.rivulet.testing;

import dev.rivulet.Server;
import dev.rivulet.config.Settings;
import dev.rivulet.config.SettingsLoader;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A whole server in this process, with embedded servers and a data folder of its own, on a free port. */
public final class RunningServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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

    public URI uri(String path) {
        return URI.create(url() + path);
    }

    public Path data() {
        return data;
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    public HttpResponse<byte[]> bytes(String path) {
        try {
            return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Uploads a file; the answer is the video. */
    public JsonObject upload(Path file, String title) {
        HttpResponse<String> answer = send(UploadForm.request(uri("/videos/upload"), file, title));
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** Follows a video from its first update to its last. */
    public Updates follow(String id) {
        return Updates.follow(HTTP, URI.create(url().replace("http", "ws") + "/videos/" + id + "/progress?after=0"));
    }

    /** The video now. */
    public JsonObject video(String id) {
        return new JsonObject(get("/videos/" + id).body());
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
