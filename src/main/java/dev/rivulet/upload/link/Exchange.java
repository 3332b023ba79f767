package dev.rivulet.upload.link;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question and its answer. The body waits until its hearer has looked at the head, and for each write. */
public final class Exchange implements BodyCodec<Void> {
    private final Hearer hearer;
    private final Promise<Boolean> outcome = Promise.promise();
    private @Nullable HttpClientRequest request;
    private @Nullable WriteStream<Buffer> sink;

    Exchange(Hearer hearer) {
        this.hearer = hearer;
    }

    /** Decides what becomes of an answer. */
    @FunctionalInterface
    public interface Hearer {
        /** Where the body goes to, empty when it is not wanted. */
        Future<Optional<WriteStream<Buffer>>> head(int status, AnswerRules.Headers headers);
    }

    /** True when the body has been written to its last byte, false when it was not wanted; fails when it broke off. */
    public Future<Boolean> outcome() {
        return outcome.future();
    }

    /** Ends it now; harmless when it is over. */
    public void abort(Throwable reason) {
        outcome.tryFail(reason);
        if (request != null) {
            request.reset();
        }
    }

    @Override
    public BodyStream<Void> stream() {
        if (sink == null) {
            throw new IllegalStateException("the head was not looked at");
        }
        return new Body(sink);
    }

    void ended(AsyncResult<HttpResponse<Void>> result) {
        if (result.succeeded()) {
            outcome.tryComplete(true);
        } else {
            outcome.tryFail(result.cause());
        }
    }

    void intercept(HttpContext<?> context) {
        switch (context.phase()) {
            case SEND_REQUEST -> {
                request = context.clientRequest();
                if (outcome.future().isComplete()) {
                    context.fail(outcome.future().cause());
                    request.reset();
                } else {
                    context.next();
                }
            }
            case RECEIVE_RESPONSE -> head(context, context.clientResponse().pause());
            default -> context.next();
        }
    }

    /** A connection that closes meanwhile says so once, and not to who takes the body later. */
    private void head(HttpContext<?> context, HttpClientResponse response) {
        response.exceptionHandler(outcome::tryFail);
        hearer.head(response.statusCode(), response::getHeader).onComplete(decided -> {
            if (decided.failed()) {
                outcome.tryFail(decided.cause());
            } else if (decided.result().isEmpty()) {
                outcome.tryComplete(false);
            }
            if (outcome.future().isComplete()) {
                abort(new IllegalStateException("not wanted"));
                context.fail(new IllegalStateException("not wanted"));
            } else {
                sink = decided.result().orElseThrow();
                context.next();
            }
        });
    }

    /** Gives every byte to the sink, which is closed by its owner. */
    private static final class Body implements BodyStream<Void> {
        private final WriteStream<Buffer> sink;
        private final Promise<Void> result = Promise.promise();

        Body(WriteStream<Buffer> sink) {
            this.sink = sink;
        }

        @Override
        public Future<Void> result() {
            return result.future();
        }

        @Override
        public void handle(Throwable failure) {
            result.tryFail(failure);
        }

        @Override
        public Future<Void> write(Buffer bytes) {
            return sink.write(bytes);
        }

        @Override
        public Future<Void> end() {
            result.tryComplete();
            return result.future();
        }

        @Override
        public Body setWriteQueueMaxSize(int size) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return sink.writeQueueFull();
        }

        @Override
        public Body drainHandler(@Nullable Handler<Void> handler) {
            sink.drainHandler(handler);
            return this;
        }

        @Override
        public Body exceptionHandler(@Nullable Handler<Throwable> handler) {
            sink.exceptionHandler(handler);
            return this;
        }
    }
}
