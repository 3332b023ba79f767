package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request with bytes for a resumable upload. It may be ended early by its client, by another request for
 * the same upload, by a stop of the server, by the end of its video: what has arrived by then is written all the same.
 * Used by the request's event loop.
 */
final class TusBody implements UploadsInFlight.Upload {
    private final HttpServerRequest request;
    private final VideoId id;
    private final Promise<Void> end = Promise.promise();

    /** @param request paused */
    TusBody(HttpServerRequest request, VideoId id) {
        this.request = request;
        this.id = id;
        request.exceptionHandler(gone -> refuse(TusFaults.brokenOff()));
    }

    @Override
    public void refuse(Fault reason) {
        if (end.tryFail(reason) && !request.isEnded()) {
            request.pause();
        }
    }

    @Override
    public boolean receives(VideoId video) {
        return id.equals(video);
    }

    /** Why nothing more is to be received, null while something is. */
    @Nullable
    Throwable refusal() {
        return end.future().cause();
    }

    /**
     * Receives the body, and pauses the client while the disk is behind.
     *
     * @param most bytes that are taken; more are refused
     * @param heard told, for each piece, how many bytes it had
     * @return completes when the whole body is on stable storage; when it fails, that is so for what has arrived
     */
    Future<Void> receive(AppendedFile file, long most, LongConsumer heard) {
        if (!end.future().isComplete()) {
            long last = file.length() + most;
            file.failure().onFailure(end::tryFail);
            file.drainHandler(drained -> goOn());
            request.handler(bytes -> arrived(file, bytes, last, heard));
            request.endHandler(done -> end.tryComplete());
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue().onFailure(end::tryFail);
            }
            request.resume();
        }
        return end.future()
                .transform((done, reason) -> reason == null
                        ? file.settle().mapEmpty()
                        : file.settle().otherwiseEmpty().compose(kept -> Future.failedFuture(reason)));
    }

    private void arrived(AppendedFile file, Buffer bytes, long last, LongConsumer heard) {
        if (end.future().isComplete()) {
            return;
        }
        if (file.length() + bytes.length() > last) {
            refuse(TusFaults.beyondLength(last - file.length()));
            return;
        }
        file.write(bytes);
        heard.accept(bytes.length());
        if (file.writeQueueFull()) {
            request.pause();
        }
    }

    private void goOn() {
        if (!end.future().isComplete()) {
            request.resume();
        }
    }
}
