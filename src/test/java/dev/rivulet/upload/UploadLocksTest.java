package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.testing.Futures;
import dev.rivulet.upload.UploadLocks.Turn;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadLocksTest {
    private static final VideoId ID = VideoId.random();

    private final Vertx vertx = Vertx.vertx();
    private final UploadLocks locks = new UploadLocks(vertx, Duration.ofSeconds(20));

    @AfterEach
    void close() {
        Futures.await(vertx.close());
    }

    @Test
    void whoComesAsksTheOneWhoIsThereToEndAndFollows() {
        Promise<Void> asked = Promise.promise();
        Turn first = Futures.await(locks.take(ID, asked::tryComplete));
        Future<Turn> second = locks.take(ID, () -> {});
        Futures.await(asked.future());
        assertThat(second.isComplete()).isFalse();
        first.release();
        first.release();
        Turn next = Futures.await(second);
        next.release();
        Futures.await(locks.take(ID, () -> {})).release();
    }

    @Test
    void uploadsDoNotWaitForEachOther() {
        Futures.await(locks.take(ID, () -> {}));
        Futures.await(locks.take(VideoId.random(), () -> {}));
    }

    @Test
    void whoHasOthersBehindItIsAskedToEndAtOnce() {
        Turn first = Futures.await(locks.take(ID, () -> {}));
        Promise<Void> asked = Promise.promise();
        Future<Turn> second = locks.take(ID, asked::tryComplete);
        Future<Turn> third = locks.take(ID, () -> {});
        first.release();
        Futures.await(asked.future());
        Futures.await(second).release();
        Futures.await(third).release();
    }

    @Test
    void whoWaitsTooLongIsToldSoAndForgotten() {
        UploadLocks hasty = new UploadLocks(vertx, Duration.ofMillis(1));
        Turn first = Futures.await(hasty.take(ID, () -> {}));
        assertThat(Futures.failure(hasty.take(ID, () -> {})))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.httpStatus()).isEqualTo(423));
        first.release();
        Futures.await(hasty.take(ID, () -> {})).release();
    }

    @Test
    void theQueueIsBounded() {
        Futures.await(locks.take(ID, () -> {}));
        List<Future<Turn>> waiting = new ArrayList<>();
        IntStream.range(0, 16).forEach(i -> waiting.add(locks.take(ID, () -> {})));
        assertThat(waiting).noneMatch(Future::isComplete);
        assertThat(locks.take(ID, () -> {}).failed()).isTrue();
    }

    @Test
    void oneAtATimeOnAllEventLoops() {
        AtomicInteger inside = new AtomicInteger();
        List<Future<Integer>> all = IntStream.range(0, 16)
                .mapToObj(i -> {
                    Promise<Integer> most = Promise.promise();
                    vertx.runOnContext(go -> locks.take(ID, () -> {}).onSuccess(turn -> {
                        int now = inside.incrementAndGet();
                        vertx.executeBlocking(() -> null).onComplete(worked -> {
                            inside.decrementAndGet();
                            turn.release();
                            most.complete(now);
                        });
                    }));
                    return most.future();
                })
                .toList();
        all.forEach(most -> assertThat(Futures.await(most)).isEqualTo(1));
    }
}
