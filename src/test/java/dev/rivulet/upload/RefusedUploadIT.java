package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Form;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RefusedUploadIT {
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static WebFixture server;

    @BeforeAll
    static void open() {
        server = new WebFixture();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        Futures.until(() ->
                Future.succeededFuture(server.rows() == 0 && server.written().isEmpty()));
        assertThat(server.commands).noneMatch(command -> command instanceof dev.rivulet.bus.Contract.SegmentVideo);
    }

    @Test
    void refusesAnEmptyFile() {
        refused(server.upload(new Form().file("film.mp4", "")), 400, "empty_file");
    }

    @Test
    void refusesAFormWithoutFile() {
        refused(server.upload(new Form().field("title", "x")), 400, "missing_file");
        refused(server.upload(new Form()), 400, "missing_file");
    }

    @Test
    void refusesTwoFiles() {
        refused(server.upload(new Form().file("a.mp4", "a").file("b.mp4", "b")), 400, "several_files");
    }

    @Test
    void refusesFieldsThatAreWrong() {
        refused(server.upload(new Form().field("title", "x".repeat(301)).file("a", "b")), 400, "title_too_long");
        refused(
                server.upload(new Form().file("a", "b").field("description", "x".repeat(5001))),
                400,
                "description_too_long");
        refused(server.upload(new Form().field("priority", "11").file("a", "b")), 400, "invalid_priority");
        refused(server.upload(new Form().field("title", "x".repeat(40_000)).file("a", "b")), 400, "field_too_long");
    }

    @Test
    void refusesWhatIsNoForm() {
        refused(
                server.send("POST", "/videos/upload", "{}", "Content-Type", "application/json"),
                415,
                "unsupported_media_type");
        refused(
                server.send("POST", "/videos/upload", "x", "Content-Type", "multipart/form-data"),
                400,
                "bad_multipart");
        refused(
                server.send("POST", "/videos/upload", "no form at all", "Content-Type", Form.TYPE),
                400,
                "bad_multipart");
        String cutOff = new Form().file("film.mp4", "bytes").open();
        refused(server.send("POST", "/videos/upload", cutOff, "Content-Type", Form.TYPE), 400, "bad_multipart");
        String noName = new Form().part("filename=\"x\"", "bytes").body();
        refused(server.send("POST", "/videos/upload", noName, "Content-Type", Form.TYPE), 400, "bad_multipart");
    }

    @Test
    void refusesOtherMethods() {
        for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH"}) {
            HttpResponse<String> answer = server.send(method, "/videos/upload", "");
            refused(answer, 405, "method_not_allowed");
            assertThat(answer.headers().firstValue("allow")).hasValue("POST");
        }
    }

    @Test
    void refusesTooLargeAFileBeforeItsBody() {
        try (RawClient client = new RawClient(server.port)) {
            client.send(
                    "POST /videos/upload HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + Form.TYPE,
                    "Content-Length: 99999999999");
            assertThat(client.answer()).contains("413", "too_large", "connection: close");
        }
    }

    @Test
    void tellsAClientThatWaitsWhetherToGoOn() {
        try (RawClient client = new RawClient(server.port)) {
            client.send(
                    "POST /videos/upload HTTP/1.1",
                    "Host: x",
                    "Expect: 100-continue",
                    "Content-Type: " + Form.TYPE,
                    "Content-Length: 99999999999");
            assertThat(client.answer()).startsWith("HTTP/1.1 413");
        }
        try (RawClient client = new RawClient(server.port)) {
            String body = new Form().field("title", "x").body();
            client.send(
                    "POST /videos/upload HTTP/1.1",
                    "Host: x",
                    "Expect: 100-continue",
                    "Content-Type: " + Form.TYPE,
                    "Content-Length: " + body.length());
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            client.write(body);
            assertThat(client.answer()).contains("400", "missing_file");
        }
    }

    @Test
    void refusesTooLargeAFileWhileItStreams() {
        try (RawClient client = new RawClient(server.port)) {
            client.send("POST /videos/upload HTTP/1.1", "Host: x", "Content-Type: " + Form.TYPE, CHUNKED);
            client.chunk(new Form().file("x", "begin").open().strip());
            String piece = "x".repeat(64 * 1024);
            for (int i = 0; i < WebFixture.MAX_BYTES / piece.length() + 1; i++) {
                client.chunk(piece);
            }
            assertThat(client.answer()).contains("413", "too_large");
        }
    }

    @Test
    void forgetsAClientThatBreaksOff() {
        try (RawClient client = new RawClient(server.port)) {
            client.send("POST /videos/upload HTTP/1.1", "Host: x", "Content-Type: " + Form.TYPE, CHUNKED);
            client.chunk(new Form().file("x.mp4", "x".repeat(100_000)).open());
            Futures.until(() -> Future.succeededFuture(
                    server.rows() == 1 && !server.written().isEmpty()));
        }
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        JsonObject problem = new JsonObject(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json; charset=utf-8");
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("errorId")).hasSize(36);
        assertThat(problem.getString("type")).isEqualTo("urn:rivulet:problem:" + code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
    }
}
