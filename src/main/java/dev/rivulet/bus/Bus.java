package dev.rivulet.bus;

import dev.rivulet.job.DiskFull;
import dev.rivulet.job.UnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The typed event bus: command, event, ask, serve. */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final DeliveryOptions TYPED = new DeliveryOptions().setCodecName(ContractCodec.NAME);

    private final Vertx vertx;

    /** Registers the codec; one bus per Vert.x instance. */
    public Bus(Vertx vertx) {
        this.vertx = vertx;
        vertx.eventBus().registerCodec(new ContractCodec());
    }

    /** Says {@code message} to one receiver; nobody hears whether it arrived. */
    public void command(Address to, Contract message) {
        vertx.eventBus().send(to.text(), message, TYPED);
    }

    /** Tells everybody who listens to {@code member} of the family and to the family itself. */
    public void event(Address to, Object member, JsonObject update) {
        vertx.eventBus().publish(to.text(), update);
        vertx.eventBus().publish(to.of(member), update);
    }

    /** Tells everybody who serves {@code to}; nobody hears whether it arrived. */
    public void event(Address to, Contract message) {
        vertx.eventBus().publish(to.text(), message, TYPED);
    }

    /**
     * Asks one receiver and waits for the answer.
     *
     * @return fails with a {@link Fault} of the receiver, or a ReplyException when it is absent or too slow
     */
    public <R extends Contract> Future<R> ask(String to, Contract message, Duration timeout, Class<R> answer) {
        DeliveryOptions options = new DeliveryOptions(TYPED).setSendTimeout(timeout.toMillis());
        return vertx.eventBus().<Contract>request(to, message, options).map(reply -> answer.cast(reply.body()));
    }

    /** Serves a stage's address. See {@link #serve(String, Class, Function)}. */
    public <M extends Contract> Future<Void> serve(
            Address at, Class<M> type, Function<M, Future<? extends Contract>> work) {
        return serve(at.text(), type, work);
    }

    /**
     * Answers every message of {@code type} at {@code at}, within this node: the one place that catches, logs once and
     * answers with a {@link Fault}. A handler that throws otherwise would leave the asker to its timeout.
     *
     * @return completes when the address is served; the consumer ends with the verticle that registered it
     */
    public <M extends Contract> Future<Void> serve(
            String at, Class<M> type, Function<M, Future<? extends Contract>> work) {
        MessageConsumer<Contract> consumer = vertx.eventBus().localConsumer(at);
        consumer.handler(message -> Future.succeededFuture(message.body())
                .map(type::cast)
                .<Contract>compose(body -> work.apply(body).map(answer -> answer))
                .onSuccess(answer -> reply(message, answer))
                .onFailure(failure -> refuse(at, message, failure)));
        return consumer.completion();
    }

    private static void reply(Message<Contract> message, Contract answer) {
        if (message.replyAddress() != null) {
            message.reply(answer, TYPED);
        }
    }

    private static void refuse(String at, Message<Contract> message, Throwable failure) {
        Fault fault = fault(failure);
        if (failure instanceof ReplyException) {
            LOG.info("address={} message={} refused: {}", at, message.body(), failure.getMessage());
        } else if (failure instanceof UnavailableException || DiskFull.in(failure)) {
            LOG.warn("address={} message={} {}", at, message.body(), failure.toString());
        } else {
            LOG.error("address={} message={} failed", at, message.body(), failure);
        }
        if (message.replyAddress() != null) {
            message.reply(fault);
        }
    }

    private static Fault fault(Throwable failure) {
        if (failure instanceof Fault known) {
            return known;
        }
        if (DiskFull.in(failure)) {
            return Fault.noRoom();
        }
        return failure instanceof UnavailableException
                ? Fault.unavailable()
                : new Fault(500, "internal", "Something went wrong here.");
    }
}
