package dev.rivulet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Arrivals arrivals = new Arrivals();
    private final VideoId video = VideoId.random();

    @Test
    void whatHasArrivedIsNotWaitedFor() throws InterruptedException {
        arrivals.moved(video, 7);
        arrivals.moved(video, 5);
        assertThat(arrivals.await(video, 6, LONG)).isEqualTo(7);
    }

    @Test
    void nothingNewIsWaitedForOnlyAsLongAsWanted() throws InterruptedException {
        arrivals.moved(video, 7);
        assertThat(arrivals.await(video, 7, Duration.ofMillis(1))).isEqualTo(7);
        assertThat(arrivals.await(VideoId.random(), 9, Duration.ofMillis(1))).isEqualTo(9);
    }

    @Test
    void whoWaitsIsToldOfMoreAndOfTheEnd() {
        arrivals.moved(video, 1);
        CompletableFuture<Long> more = waiting(1);
        arrivals.moved(video, 2);
        assertThat(more.join()).isEqualTo(2);
        CompletableFuture<Long> end = waiting(2);
        arrivals.forget(video);
        assertThat(end.join()).isEqualTo(2);
    }

    private CompletableFuture<Long> waiting(long known) {
        CompletableFuture<Thread> begun = new CompletableFuture<>();
        CompletableFuture<Long> told = CompletableFuture.supplyAsync(() -> {
            begun.complete(Thread.currentThread());
            try {
                return arrivals.await(video, known, LONG);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        Thread thread = begun.join();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return told;
    }
}
