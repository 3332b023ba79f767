package dev.rivulet.testing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An upload that stops in the middle of its file until it is told to go on. */
public final class SlowUpload {
    private static final long PATIENCE = 240;

    /** Of its own, and one connection each: on a shared one, waiting for the rest of the body holds up other requests. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Site server;
    private final byte[] film;
    private final PipedOutputStream out = new PipedOutputStream();
    private final CompletableFuture<HttpResponse<String>> answer;

    /** @param file sent under another name, as a form */
    public SlowUpload(Site server, Path file) throws IOException {
        this.server = server;
        this.film = Files.readAllBytes(file);
        PipedInputStream in = new PipedInputStream(out);
        this.answer = client.sendAsync(
                HttpRequest.newBuilder(server.uri("/videos/upload"))
                        .header("Content-Type", Form.TYPE)
                        .POST(BodyPublishers.ofInputStream(() -> in))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The id of the video, half of which has arrived. */
    public String begin() throws IOException {
        send();
        Futures.until(() -> Future.succeededFuture(arriving().size() == 1));
        return arriving().getJsonObject(0).getString("id");
    }

    /** Sends half of it. */
    public void send() throws IOException {
        say("--" + Form.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"slow.mp4\"\r\n\r\n");
        out.write(film, 0, film.length / 2);
        out.flush();
    }

    /** Sends the rest; the id of the accepted video. */
    public String finish() throws IOException {
        out.write(film, film.length / 2, film.length - film.length / 2);
        say("\r\n--" + Form.BOUNDARY + "--\r\n");
        out.close();
        HttpResponse<String> done = answer.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
        if (done.statusCode() != 202) {
            throw new AssertionError(done.statusCode() + " " + done.body());
        }
        return new JsonObject(done.body()).getString("id");
    }

    private JsonArray arriving() {
        return new JsonObject(server.get("/videos?status=UPLOADING").body()).getJsonArray("items");
    }

    private void say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
