package dev.rivulet.recovery;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.ClusterLock;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Offer;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.VideoStore.Pending;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecoveryVerticleTest {
    private static final VideoId VIDEO = VideoId.random();
    private static final List<Offer> QUEUED = List.of(new Offer(new TaskId(1), TaskClass.TOP, "local", 0, 1));

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx);
    /** How often each was asked for. */
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private Future<Void> offered = Future.succeededFuture();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void whoHasTheLockMendsForAllAndWakesItsStages() {
        deploy(work -> work.get().map(true));
        untilAsked("reclaimExpired", "queued", "offer", "segment", "top-up", "join", "publish");
    }

    @Test
    void whoHasItNotOnlyWakesItsStages() {
        deploy(work -> Future.succeededFuture(false));
        untilAsked("segment", "top-up", "join", "publish");
        assertThat(asked).doesNotContainKeys("reclaimExpired", "queued", "offer");
    }

    @Test
    void stagesAreWokenAlsoWhenTheQueueIsAwayOrTheLock() {
        offered = Future.failedFuture("away");
        deploy(work -> work.get().map(true));
        untilAsked("offer", "segment", "publish");

        deploy(work -> Future.failedFuture("away"));
        int before = asked.get("publish");
        until(() -> Future.succeededFuture(asked.get("publish") > before + 1));
    }

    private void untilAsked(String... names) {
        until(() -> Future.succeededFuture(asked.keySet().containsAll(List.of(names))));
    }

    private void deploy(ClusterLock lock) {
        Map.of(
                        "segment", Address.SEGMENT_VIDEO,
                        "top-up", Address.ENCODE_TOP_UP,
                        "join", Address.JOIN_VIDEO,
                        "publish", Address.PUBLISH_VIDEO)
                .forEach((name, address) -> await(bus.serve(address, Contract.class, message -> {
                    note(name);
                    return Future.succeededFuture(new Contract.Done());
                })));
        await(vertx.deployVerticle(new RecoveryVerticle(
                bus,
                port(
                        VideoStore.class,
                        Map.of(
                                "pending",
                                List.of(new Pending(VIDEO, false, true, true), new Pending(VIDEO, true, true, true)))),
                port(TaskStore.class, Map.of("reclaimExpired", List.of(VIDEO), "queued", QUEUED)),
                port(TaskQueue.class, Map.of()),
                lock,
                Duration.ofMillis(20))));
    }

    private <P> P port(Class<P> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (port, method, words) -> {
                    note(method.getName());
                    return method.getName().equals("offer")
                            ? offered
                            : Future.succeededFuture(answers.get(method.getName()));
                }));
    }

    private void note(String name) {
        asked.merge(name, 1, Integer::sum);
    }
}
