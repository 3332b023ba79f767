package dev.rivulet.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Contract.Done;
import dev.rivulet.bus.Contract.JoinVideo;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.job.VideoId;
import dev.rivulet.testing.Futures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JoinVideo JOIN = new JoinVideo(Messages.VIDEO);
    private static Vertx vertx;
    private static Bus bus;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        bus = new Bus(vertx);
    }

    @AfterAll
    static void close() {
        Futures.await(vertx.close());
    }

    @Test
    void anAnswerArrives() {
        Futures.await(
                bus.serve("answer", JoinVideo.class, join -> Future.succeededFuture(new PublishVideo(join.video()))));

        assertThat(Futures.await(bus.ask("answer", JOIN, PATIENCE, PublishVideo.class)))
                .isEqualTo(new PublishVideo(Messages.VIDEO));
    }

    @Test
    void aFaultArrivesWithItsCodeAndStatus() {
        Futures.await(bus.serve("fault", JoinVideo.class, join -> Future.failedFuture(Fault.unknownVideo())));

        assertThat(ask("fault")).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo("video_not_found");
            assertThat(fault.httpStatus()).isEqualTo(404);
            assertThat(fault.retryable()).isFalse();
            assertThat(fault).hasMessageContaining("no video with this id");
        });
    }

    @Test
    void anUnexpectedFailureTellsNothingOfItself() {
        Futures.await(bus.serve(
                "secret", JoinVideo.class, join -> Future.failedFuture(new IllegalStateException("password=1234"))));

        assertInternal(ask("secret"));
    }

    @Test
    void aHandlerThatThrowsAnswersToo() {
        Futures.await(bus.serve("throws", JoinVideo.class, join -> {
            throw new NullPointerException("password=1234");
        }));

        assertInternal(ask("throws"));
    }

    @Test
    void aMessageOfAnotherTypeIsAnswered() {
        Futures.await(bus.serve("other", PublishVideo.class, publish -> Future.succeededFuture(new Done())));

        assertInternal(ask("other"));
    }

    @Test
    void anAnswerOfAnotherTypeIsAFailure() {
        Futures.await(bus.serve("wrong", JoinVideo.class, join -> Future.succeededFuture(new Done())));

        assertThat(Futures.failure(bus.ask("wrong", JOIN, PATIENCE, PublishVideo.class)))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void whereNobodyServesTheAskerHearsItAtOnce() {
        assertThat(ask("nobody"))
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureType())
                        .isEqualTo(ReplyFailure.NO_HANDLERS));
    }

    @Test
    void whoAnswersTooLateIsNotWaitedFor() {
        Futures.await(bus.serve(
                "late", JoinVideo.class, join -> Promise.<Contract>promise().future()));

        assertThat(Futures.failure(bus.ask("late", JOIN, Duration.ofMillis(20), Done.class)))
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureType())
                        .isEqualTo(ReplyFailure.TIMEOUT));
    }

    @Test
    void aCommandReachesOneAndItsFailureNobody() {
        Promise<VideoId> heard = Promise.promise();
        Futures.await(bus.serve(Address.JOIN_VIDEO, JoinVideo.class, join -> {
            heard.tryComplete(join.video());
            return Future.failedFuture("nobody hears this");
        }));

        bus.command(Address.JOIN_VIDEO, JOIN);

        assertThat(Futures.await(heard.future())).isEqualTo(Messages.VIDEO);
    }

    @Test
    void anEventReachesTheFamilysListenersAndTheMembers() {
        Promise<JsonObject> family = Promise.promise();
        Promise<JsonObject> member = Promise.promise();
        vertx.eventBus().<JsonObject>consumer("rivulet.events", message -> family.tryComplete(message.body()));
        vertx.eventBus()
                .<JsonObject>consumer(
                        "rivulet.events." + Messages.VIDEO, message -> member.tryComplete(message.body()));
        JsonObject update = new JsonObject().put("seq", 1);

        bus.event(Address.EVENTS, Messages.VIDEO, update);

        assertThat(Futures.await(family.future())).isEqualTo(update);
        assertThat(Futures.await(member.future())).isEqualTo(update);
    }

    @Test
    void whatMaySucceedLaterIsRetryable() {
        for (int status : List.of(400, 404, 409, 410, 413, 415, 422)) {
            assertThat(new Fault(status, "x", "x").retryable()).isFalse();
        }
        for (int status : List.of(429, 500, 502, 503, 504, 507)) {
            assertThat(new Fault(status, "x", "x").retryable()).isTrue();
        }
    }

    private static Throwable ask(String address) {
        return Futures.failure(bus.ask(address, JOIN, PATIENCE, Done.class));
    }

    private static void assertInternal(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo("internal");
            assertThat(fault.httpStatus()).isEqualTo(500);
            assertThat(fault.retryable()).isTrue();
            assertThat(fault).hasMessageNotContaining("1234");
            assertThat(fault.getCause()).isNull();
        });
    }
}
