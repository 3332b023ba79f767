package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.config.Settings;
import dev.rivulet.job.VideoId;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Importing;
import dev.rivulet.testing.LinkSetting;
import dev.rivulet.testing.OtherServer;
import dev.rivulet.testing.TestServers;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that cut, lie, change their minds and drip. */
class ImportFaultsIT {
    private static final byte[] FILM = OtherServer.bytes(2_000_000);

    private static final Duration DAY = Duration.ofDays(1);

    private WebFixture server;
    private Importing importing;
    private OtherServer other;

    @BeforeEach
    void open() {
        server = new WebFixture();
        importing = new Importing(server);
        other = new OtherServer(FILM);
    }

    @AfterEach
    void close() {
        server.close();
        other.close();
    }

    @Test
    void goesOnWhereItWasCut() {
        other.cuts.add(600_000);
        other.cuts.add(700_000);
        assertThat(importing.received(importing.begin(other.url("/film")))).isEqualTo(FILM);
        assertThat(other.asked).hasSize(3);
        assertThat(other.asked.get(1).get("If-Range")).isEqualTo("\"one\"");
        assertThat(from(1)).isBetween(1, 600_000);
        assertThat(from(2)).isBetween(from(1) + 1, 1_300_000);
    }

    @Test
    void goesOnWhereNothingCameAnyMore() {
        other.hangsAfter = 500_000;
        other.cuts.add(-1);
        assertThat(importing.received(importing.begin(other.url("/film")))).isEqualTo(FILM);
        assertThat(from(1)).isEqualTo(500_000);
    }

    @Test
    void beginsAnewWhereNoPartsAreServed() {
        other.ranges = false;
        other.cuts.add(600_000);
        assertThat(importing.received(importing.begin(other.url("/film")))).isEqualTo(FILM);
        assertThat(other.asked).hasSize(2);
    }

    @Test
    void beginsAnewWhereNothingProvesThatItIsTheSame() {
        other.etag = "";
        other.cuts.add(600_000);
        assertThat(importing.received(importing.begin(other.url("/film")))).isEqualTo(FILM);
        assertThat(other.asked.get(1).contains("Range")).isFalse();
    }

    @Test
    void beginsAnewWhenTheFileHasChanged() {
        byte[] shorter = "another film".repeat(1000).getBytes(StandardCharsets.UTF_8);
        other.paths.put("/film", asked -> {
            if (other.asked.size() == 1) {
                asked.response()
                        .putHeader("ETag", "\"one\"")
                        .putHeader("Content-Length", "2000000")
                        .write(Buffer.buffer(FILM).slice(0, 500_000))
                        .onComplete(written -> asked.connection().close());
            } else {
                asked.response().putHeader("ETag", "\"two\"").end(Buffer.buffer(shorter));
            }
        });
        assertThat(importing.received(importing.begin(other.url("/film")))).isEqualTo(shorter);
    }

    @Test
    void aServerThatIgnoresTheConditionIsFoundOut() {
        byte[] changed = OtherServer.bytes(1_999_999);
        other.paths.put("/film", asked -> {
            String range = asked.getHeader("Range");
            if (other.asked.size() == 1) {
                asked.response()
                        .putHeader("ETag", "\"one\"")
                        .putHeader("Content-Length", "2000000")
                        .write(Buffer.buffer(FILM).slice(0, 500_000))
                        .onComplete(written -> asked.connection().close());
            } else if (range != null) {
                int from = Integer.parseInt(range.replaceAll("\\D", ""));
                asked.response()
                        .setStatusCode(206)
                        .putHeader("ETag", "\"two\"")
                        .putHeader("Content-Range", "bytes " + from + "-1999999/2000000")
                        .end(Buffer.buffer(new byte[2_000_000 - from]));
            } else {
                asked.response().putHeader("ETag", "\"two\"").end(Buffer.buffer(changed));
            }
        });
        assertThat(importing.received(importing.begin(other.url("/film")))).isEqualTo(changed);
    }

    @Test
    void waitsForAServerThatIsBusy() {
        other.paths.put("/film", asked -> {
            if (other.asked.size() < 3) {
                asked.response().setStatusCode(503).end();
            } else {
                asked.response().end("bytes");
            }
        });
        assertThat(importing.received(importing.begin(other.url("/film"))))
                .asString()
                .isEqualTo("bytes");
    }

    @ParameterizedTest
    @CsvSource({"404,link_refused", "403,link_refused", "500,link_unreachable", "204,link_unusable"})
    void tellsWhyNothingCame(int status, String code) {
        other.paths.put("/film", asked -> asked.response().setStatusCode(status).end());
        VideoId id = importing.begin(other.url("/film"));
        assertThat(importing.failure(id)).isEqualTo(code);
        isGone();
        assertThat(other.asked).hasSize(status == 500 ? 4 : 1);
    }

    @Test
    void refusesWhatIsPackedOrEmptyOrRedirectsForEver() {
        other.paths.put(
                "/packed",
                asked -> asked.response().putHeader("Content-Encoding", "gzip").end("packed"));
        other.paths.put("/empty", asked -> asked.response().end());
        other.paths.put("/round", asked -> asked.response()
                .setStatusCode(302)
                .putHeader("Location", "/round")
                .end());
        for (String path : new String[] {"/packed", "/empty", "/round"}) {
            assertThat(importing.failure(importing.begin(other.url(path))))
                    .as(path)
                    .isEqualTo("link_unusable");
        }
        assertThat(other.asked).hasSize(1 + 1 + 4);
    }

    @Test
    void aServerThatSendsLessThanItSaysIsGivenUp() {
        AtomicInteger answers = new AtomicInteger();
        other.paths.put("/film", asked -> {
            answers.incrementAndGet();
            asked.response().putHeader("Content-Length", "1000").write("less").onComplete(written -> asked.connection()
                    .close());
        });
        assertThat(importing.failure(importing.begin(other.url("/film")))).isEqualTo("link_unreachable");
        isGone();
        assertThat(answers).hasValue(4);
    }

    @Test
    void aServerThatIsNotThereIsGivenUp() {
        int nobody = TestServers.freePort();
        assertThat(importing.failure(importing.begin("http://127.0.0.1:" + nobody + "/film")))
                .isEqualTo("link_unreachable");
    }

    @Test
    void whatIsTooLargeIsNotTaken() {
        other.content = new byte[(int) WebFixture.MAX_BYTES + 1];
        assertThat(importing.failure(importing.begin(other.url("/film")))).isEqualTo("too_large");
        other.paths.put("/endless", asked -> {
            asked.response().setChunked(true);
            asked.response().end(Buffer.buffer(other.content));
        });
        assertThat(importing.failure(importing.begin(other.url("/endless")))).isEqualTo("too_large");
        isGone();
    }

    @Test
    void timeIsLimitedHoweverItDrips() {
        try (WebFixture hurried = Importing.server(LinkSetting.local().within(Duration.ofSeconds(1)))) {
            other.paths.put("/film", asked -> {
                asked.response().setChunked(true);
                long drops = drip(hurried, asked);
                asked.connection().closeHandler(gone -> hurried.vertx.cancelTimer(drops));
            });
            Importing slow = new Importing(hurried);
            assertThat(slow.failure(slow.begin(other.url("/film")))).isEqualTo("import_timed_out");
            Futures.until(() -> Future.succeededFuture(hurried.written().isEmpty()));
        }
    }

    @Test
    void fullServersSaySo() {
        try (WebFixture full = new WebFixture(new Settings.Upload(1_000_000, Long.MAX_VALUE / 2, 5, 5, DAY), false)) {
            assertThat(new Importing(full).refusal(other.url("/film"), 507)).isEqualTo("insufficient_storage");
            assertThat(full.rows()).isZero();
        }
        try (WebFixture busy = new WebFixture(new Settings.Upload(3_000_000, 0, 1, 5, DAY), false)) {
            other.cuts.add(-1);
            Importing one = new Importing(busy);
            VideoId id = one.begin(other.url("/film"));
            assertThat(one.refusal(other.url("/film"), 429)).isEqualTo("too_many_uploads");
            busy.send("DELETE", "/videos/" + id, "");
            Futures.until(() -> Future.succeededFuture(
                    one.ask(new JsonObject().put("url", other.url("/film"))).statusCode() == 202));
        }
    }

    private static long drip(WebFixture server, HttpServerRequest asked) {
        return server.vertx.setPeriodic(50, now -> asked.response().write("drop"));
    }

    private int from(int question) {
        return Integer.parseInt(other.asked.get(question).get("Range").replaceAll("bytes=(\\d+)-", "$1"));
    }

    private void isGone() {
        Futures.until(() -> Future.succeededFuture(server.written().isEmpty()));
        assertThat(importing.links()).isZero();
    }
}
