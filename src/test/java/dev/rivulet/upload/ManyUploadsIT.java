package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.config.Settings;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ManyUploadsIT {
    private static WebFixture server;

    @BeforeAll
    static void open() {
        server = new WebFixture();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void tellsToWaitWhenManyWaitAlready() {
        Settings.Upload limits = new Settings.Upload(1_000_000, 0, 5, 2, Duration.ofHours(24));
        try (WebFixture full = new WebFixture(limits, false)) {
            assertThat(full.upload(new Form().file("one.mp4", "bytes")).statusCode())
                    .isEqualTo(202);
            String second = new JsonObject(
                            full.upload(new Form().file("two.mp4", "bytes")).body())
                    .getString("id");
            var refused = full.upload(new Form().file("three.mp4", "bytes"));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("5");
            assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("too_many_videos");
            assertThat(full.written()).hasSize(2);

            assertThat(full.send("DELETE", "/videos/" + second, "").statusCode())
                    .isEqualTo(204);
            assertThat(full.upload(new Form().file("three.mp4", "bytes")).statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void takesTwentyAtOnceAndTellsTheNextToWait() {
        List<RawClient> clients = new ArrayList<>();
        String form = new Form().file("film.mp4", "x".repeat(300_000)).body();
        for (int i = 0; i < WebFixture.MAX_IN_FLIGHT; i++) {
            RawClient client = new RawClient(server.port);
            client.send(
                    "POST /videos/upload HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + Form.TYPE,
                    "Content-Length: " + form.length());
            client.write(form.substring(0, form.length() / 2));
            clients.add(client);
        }
        Futures.until(() -> Future.succeededFuture(server.rows() == WebFixture.MAX_IN_FLIGHT));

        var refused = server.upload(new Form().file("one-too-many.mp4", "bytes"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("too_many_uploads");

        clients.forEach(client -> client.write(form.substring(form.length() / 2)));
        assertThat(clients).allSatisfy(client -> assertThat(client.answer()).startsWith("HTTP/1.1 202"));
        clients.forEach(RawClient::close);
        assertThat(server.written()).hasSize(WebFixture.MAX_IN_FLIGHT);
        assertThat(IntStream.range(0, 3).mapToObj(i -> server.upload(new Form().file("later.mp4", "bytes"))))
                .allMatch(answer -> answer.statusCode() == 202);
    }
}
