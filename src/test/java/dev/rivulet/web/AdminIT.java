package dev.rivulet.web;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.TaskStore.Offer;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.WebFixture;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdminIT {
    private static WebFixture server;
    private static VideoId video;

    @BeforeAll
    static void open() {
        server = new WebFixture();
        NewVideo film = Samples.video("<i>A film</i>", 2);
        video = film.id();
        var plan = Samples.plan(50);
        await(server.videos.create(film));
        await(server.videos.uploaded(video, 1000));
        await(server.videos.plan(video, plan, NewTask.of(plan)));
        List<Offer> offers = await(server.tasks.topUp(video, 2));
        for (Offer offer : offers.subList(0, 3)) {
            var claim = await(server.tasks.claim(offer.task(), "node-1", Duration.ofMinutes(1)))
                    .orElseThrow();
            if (!offer.equals(offers.get(0))) {
                await(server.tasks.fail(
                        claim.lease(), new TaskFailure(FailureKind.TOOL, "exit 1", "its words"), new RetryPolicy(3)));
            }
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void tellsWhatIsBeingDone() {
        JsonObject work = json(server.get("/admin/work"));
        assertThat(work.getInteger("slots")).isEqualTo(2);
        assertThat(work.getJsonArray("classes").stream().map(of -> ((JsonObject) of).getString("class")))
                .containsExactly("preview", "lowest", "middle", "top");
        assertThat(work.getJsonObject("unsettled").getInteger("PROCESSING")).isEqualTo(1);
        JsonObject task = work.getJsonArray("running").getJsonObject(0);
        assertThat(task.getString("videoId")).isEqualTo(video.toString());
        assertThat(task.getString("title")).isEqualTo("<i>A film</i>");
        assertThat(task.getString("kind")).isEqualTo("chunk");
        assertThat(task.getJsonArray("qualities")).containsExactly("144p");
        assertThat(task.getString("worker")).isEqualTo("node-1");
        assertThat(task.getDouble("progress")).isZero();
        JsonObject inWork = work.getJsonArray("videos").getJsonObject(0);
        assertThat(inWork.getString("id")).isEqualTo(video.toString());
        assertThat(inWork.getInteger("priority")).isEqualTo(2);
        assertThat(inWork.getValue("eta")).as("nothing is known yet").isNull();
        assertThat(work.getJsonArray("troubled")).isEmpty();
        assertThat(work.getString("newestFailure")).isNotNull();
    }

    @Test
    void listsFailedAttemptsPageByPage() {
        JsonObject first = json(server.get("/admin/failures?limit=1"));
        assertThat(first.getJsonArray("items")).hasSize(1);
        JsonObject second = json(server.get("/admin/failures?limit=1&after=" + first.getString("next")));
        JsonObject failure = second.getJsonArray("items").getJsonObject(0);
        assertThat(failure.getString("failure")).isEqualTo("tool");
        assertThat(failure.getString("reason")).isEqualTo("exit 1");
        assertThat(failure.getString("log")).isEqualTo("its words");
        assertThat(failure.getString("state")).isEqualTo("WAITING");
        assertThat(second.getString("next")).isNull();
    }

    @Test
    void refusesWhatIsNotAsDescribedAndPagesOfOthers() {
        refused(server.get("/admin/failures?limit=101"), 400, "invalid_parameter");
        refused(server.get("/admin/failures?after=nonsense"), 400, "invalid_cursor");
        for (String path : List.of("/admin/work", "/admin/failures")) {
            refused(server.get(path, "Origin", "https://elsewhere.example"), 403, "foreign_origin");
            refused(server.send("POST", path, "x"), 405, "method_not_allowed");
        }
        for (String command : List.of("/retry", "/cancel")) {
            String path = "/videos/" + video + command;
            refused(server.send("POST", path, "", "Origin", "https://elsewhere.example"), 403, "foreign_origin");
        }
    }

    private static JsonObject json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
    }
}
