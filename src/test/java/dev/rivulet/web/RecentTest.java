package dev.rivulet.web;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @Test
    void everybodyWhoAsksMeanwhileSharesOneLook() {
        AtomicInteger looks = new AtomicInteger();
        Promise<String> answer = Promise.promise();
        Recent<String> recent = new Recent<>(VERTX, () -> {
            looks.incrementAndGet();
            return answer.future();
        });
        List<Future<String>> asked =
                IntStream.range(0, 100).mapToObj(i -> recent.get()).toList();
        answer.complete("seen");
        assertThat(asked).allSatisfy(one -> assertThat(await(one)).isEqualTo("seen"));
        assertThat(await(recent.get())).isEqualTo("seen");
        assertThat(looks).hasValue(1);
    }

    @Test
    void aLookThatFailedIsNotKept() {
        AtomicInteger looks = new AtomicInteger();
        Recent<Integer> recent = new Recent<>(
                VERTX,
                () -> looks.incrementAndGet() == 1
                        ? Future.failedFuture("the store is away")
                        : Future.succeededFuture(looks.get()));
        assertThat(failure(recent.get())).hasMessage("the store is away");
        assertThat(await(recent.get())).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "2, 1000", "20, 1000", "40, 2000", "100, 5000", "3000, 5000"})
    void anExpensiveLookIsKeptLongerButNeverForLong(long tookMillis, long keptMillis) {
        long ended = TimeUnit.MILLISECONDS.toNanos(tookMillis) - 7;
        assertThat(Recent.until(-7, ended) - ended).isEqualTo(TimeUnit.MILLISECONDS.toNanos(keptMillis));
    }

    @Test
    void everybodyHearsTheAnswerOnAContextOfTheirOwn() {
        Recent<String> recent = new Recent<>(VERTX, () -> Future.succeededFuture("seen"));
        for (int i = 0; i < 3; i++) {
            Context own = VERTX.getOrCreateContext();
            Promise<Boolean> right = Promise.promise();
            own.runOnContext(now -> recent.get().onComplete(done -> right.complete(VERTX.getOrCreateContext() == own)));
            assertThat(await(right.future())).isTrue();
        }
    }
}
