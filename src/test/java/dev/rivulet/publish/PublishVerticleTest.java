package dev.rivulet.publish;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.Update;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import dev.rivulet.testing.Sources;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishVerticleTest {
    private static final UnavailableException AWAY = new UnavailableException("PostgreSQL", new Exception("reset"));
    private static final JsonObject SAID = new JsonObject().put("stage", "processing");

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx);

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** The commit went through, its answer did not. */
    @Test
    void whatWasWrittenDownUnheardIsToldWhenTheDatabaseIsBack() {
        Video video = Videos.planned(
                Sources.of(320, 240).lasting("5").plan(), VideoStatus.PROCESSING, Videos.encoding("144p"));
        Queue<Future<?>> read = new ArrayDeque<>(List.of(
                Future.failedFuture(AWAY),
                Future.succeededFuture(Optional.of(List.of(new Update(video.id(), video.seq() + 1, SAID))))));
        Promise<JsonObject> heard = Promise.promise();
        vertx.eventBus()
                .<JsonObject>consumer(Address.EVENTS.of(video.id()), message -> heard.tryComplete(message.body()));
        VideoStore videos = port(
                VideoStore.class,
                Map.of("outline", Optional.of(video), "said", Set.of(), "announce", AWAY, "updatesAfter", read));
        TaskStore tasks =
                port(TaskStore.class, Map.of("summary", new WorkSummary(0, 0, List.of(), null, 0, null, null, null)));
        MediaFiles files = port(MediaFiles.class, Map.of("find", Optional.empty()));
        await(vertx.deployVerticle(new PublishVerticle(
                new PublishParts(bus, videos, tasks, files, Duration.ofMinutes(1)), true, InstantSource.system())));

        bus.command(Address.PUBLISH_VIDEO, new Contract.PublishVideo(video.id()));

        assertThat(await(heard.future())).isEqualTo(SAID);
        assertThat(read).isEmpty();
    }

    /** Answers a method with its value, a failure, or one of several after the other. */
    private <P> P port(Class<P> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (port, method, words) -> {
                    Object answer = answers.get(method.getName());
                    assertThat(answer).as(method.getName()).isNotNull();
                    if (answer instanceof Queue<?> several) {
                        return several.remove();
                    }
                    return answer instanceof Throwable failure
                            ? Future.failedFuture(failure)
                            : Future.succeededFuture(answer);
                }));
    }
}
