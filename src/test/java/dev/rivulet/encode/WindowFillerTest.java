package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Offer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WindowFillerTest {
    private final List<List<VideoId>> fillings = new ArrayList<>();
    private final List<Offer> offered = new ArrayList<>();
    private final Deque<Promise<List<Offer>>> answers = new ArrayDeque<>();
    private Future<Void> queue = Future.succeededFuture();
    private final WindowFiller filler = new WindowFiller(
            fake(TaskStore.class, words -> {
                fillings.add(((Collection<?>) words[0])
                        .stream().map(VideoId.class::cast).toList());
                assertThat(words[1]).isEqualTo(4);
                answers.add(Promise.promise());
                return answers.getLast().future();
            }),
            fake(TaskQueue.class, words -> {
                ((List<?>) words[0]).forEach(offer -> offered.add((Offer) offer));
                return queue;
            }),
            4,
            Future::succeededFuture);

    private final VideoId first = VideoId.random();
    private final VideoId second = VideoId.random();

    @Test
    void whatIsAskedForWhileOneIsUnderWayIsFilledTogether() {
        Future<Void> now = filler.fill(first);
        Future<Void> next = filler.fill(second);
        Future<Void> again = filler.fill(first);
        filler.fill(second);
        assertThat(fillings).containsExactly(List.of(first));

        Offer offer = new Offer(new TaskId(1), TaskClass.TOP, "ann", 0, 1);
        answers.remove().complete(List.of(offer));
        assertThat(offered).containsExactly(offer);
        assertThat(now.succeeded()).isTrue();
        assertThat(fillings).containsExactly(List.of(first), List.of(second, first));
        assertThat(Stream.of(next, again)).noneMatch(Future::isComplete);

        answers.remove().complete(List.of());
        assertThat(Stream.of(next, again)).allMatch(Future::succeeded);
        assertThat(offered).hasSize(1);
    }

    @Test
    void manyVideosAreFilledFiftyAtATime() {
        filler.fill(first);
        Stream.generate(VideoId::random).limit(120).forEach(filler::fill);
        for (int i = 0; i < 4; i++) {
            answers.remove().complete(List.of());
        }
        assertThat(fillings).extracting(List::size).containsExactly(1, 50, 50, 20);
    }

    @Test
    void aFailureIsToldToThoseWhoAskedAndStopsNobodyElse() {
        Future<Void> now = filler.fill(first);
        Future<Void> next = filler.fill(second);
        answers.remove().fail("no database");
        queue = Future.failedFuture("no queue");
        answers.remove().complete(List.of(new Offer(new TaskId(1), TaskClass.TOP, "ann", 0, 1)));
        Future<Void> last = filler.fill(first);
        answers.remove().complete(List.of());
        assertThat(now.cause()).hasMessage("no database");
        assertThat(next.cause()).hasMessage("no queue");
        assertThat(last.succeeded()).isTrue();
    }

    private interface Answer {
        Future<?> to(Object[] words);
    }

    private static <T> T fake(Class<T> port, Answer answer) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (self, method, words) -> answer.to(words)));
    }
}
