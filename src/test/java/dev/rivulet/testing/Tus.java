package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A client that speaks tus, request by request. */
public final class Tus {
    public static final String BODY = "application/offset+octet-stream";

    private final WebFixture server;

    public Tus(WebFixture server) {
        this.server = server;
    }

    /** Any request, with the version. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Tus-Resumable", "1.0.0"));
        all.addAll(List.of(headers));
        return server.send(method, path, body, all.toArray(String[]::new));
    }

    /** Begins an upload; its address. */
    public String create(long length, String... headers) {
        List<String> all = new ArrayList<>(List.of("Upload-Length", Long.toString(length)));
        all.addAll(List.of(headers));
        return location(send("POST", "/uploads", "", all.toArray(String[]::new)));
    }

    public HttpResponse<String> patch(String path, long offset, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Upload-Offset", Long.toString(offset), "Content-Type", BODY));
        all.addAll(List.of(headers));
        return send("PATCH", path, body, all.toArray(String[]::new));
    }

    public HttpResponse<String> head(String path) {
        return send("HEAD", path, "");
    }

    /** Where an upload stands. */
    public long offset(String path) {
        HttpResponse<String> answer = head(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Long.parseLong(header(answer, "Upload-Offset"));
    }

    public String status(String path) {
        return new JsonObject(server.get("/videos/" + id(path)).body()).getString("status");
    }

    public static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return header(answer, "Location");
    }

    public static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** That a request was refused, and with what. */
    public static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        if (!answer.body().isEmpty()) {
            assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
        }
    }
}
