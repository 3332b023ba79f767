package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.UploadMoved;
import dev.rivulet.config.Settings;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargeUploadIT {
    private static final long SIZE = 128L << 20;

    @Test
    void answersSoonAfterTheLastByte() {
        try (WebFixture server = new WebFixture(new Settings.Upload(SIZE, 0, 1, 10, Duration.ofHours(24)), false);
                RawClient client = new RawClient(server.port)) {
            String head = new Form().file("film.mp4", "").open().replaceFirst("\r\n\r\n\r\n$", "\r\n\r\n");
            String tail = "\r\n--" + Form.BOUNDARY + "--\r\n";
            client.send(
                    "POST /videos/upload HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + Form.TYPE,
                    "Content-Length: " + (head.length() + SIZE + tail.length()));
            client.write(head);
            String piece = "\r\n--x".repeat(1 << 18).substring(0, 1 << 20);
            for (long sent = 0; sent < SIZE; sent += piece.length()) {
                client.write(piece);
            }
            client.write(tail);
            long sent = System.nanoTime();
            String answer = client.answer();
            Duration waited = Duration.ofNanos(System.nanoTime() - sent);

            assertThat(answer).startsWith("HTTP/1.1 202");
            JsonObject video = new JsonObject(answer.substring(answer.indexOf('{')));
            assertThat(video.getLong("fileSize")).isEqualTo(SIZE);
            // Generous: what was just written has to reach a disk that tests share.
            assertThat(waited).isLessThan(Duration.ofSeconds(5));
            assertThat(server.commands.stream().filter(UploadMoved.class::isInstance))
                    .allMatch(moved -> ((UploadMoved) moved).size() == SIZE);
        }
    }
}
