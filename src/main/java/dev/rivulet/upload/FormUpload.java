package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.Video;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload by form, from the first byte of its body to the last. What has arrived and is not yet written is bounded:
 * the client is paused while the file is being created and while the disk is behind.
 */
final class FormUpload implements FormParser.Sink, UploadsInFlight.Upload {
    private static final Logger LOG = LoggerFactory.getLogger(FormUpload.class);
    private static final String FILE = "file";

    /** How often the free space is looked at when a client does not say how much will come. */
    private static final long LOOK_EVERY = 64L << 20;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Ports ports;
    private final Limits limits;
    private final FormParser parser;
    private final FormFields fields = new FormFields();
    private final Queue<Buffer> early = new ArrayDeque<>();
    private final Promise<Video> outcome = Promise.promise();
    private @Nullable UploadingVideo video;
    private @Nullable AppendedFile file;
    private boolean inFile;
    private boolean over;
    private long received;
    private long lookedAt;

    /**
     * What this upload may use.
     *
     * @param announced length of the body, 0 when unknown
     */
    record Limits(long maxBytes, long announced, Admission admission, Admission.Ticket ticket) {}

    FormUpload(Vertx vertx, HttpServerRequest request, String boundary, Ports ports, Limits limits) {
        this.vertx = vertx;
        this.request = request;
        this.ports = ports;
        this.limits = limits;
        this.parser = new FormParser(boundary, this);
    }

    /**
     * Receives the body of a paused request.
     *
     * @return the video; when it fails, nothing is left of it
     */
    Future<Video> receive() {
        request.handler(this::arrived);
        request.exceptionHandler(gone -> fail(brokenOff()));
        request.endHandler(end -> ended());
        request.resume();
        return outcome.future().onComplete(done -> limits.ticket().leave());
    }

    @Override
    public void refuse(Fault reason) {
        fail(reason);
    }

    @Override
    public boolean receives(VideoId id) {
        return video != null && video.id().equals(id);
    }

    @Override
    public void partBegins(PartHead head) {
        inFile = head.name().equals(FILE);
        if (!inFile) {
            fields.begins(head.name());
            return;
        }
        if (video != null) {
            throw new Fault(400, "several_files", "The form has more than one file.");
        }
        request.pause();
        // Exact when the file is the last part, which it mostly is.
        long size = Math.max(0, limits.announced() - parser.consumed() - parser.tail());
        UploadingVideo begun = new UploadingVideo(vertx, ports, FileName.of(head.fileName()), fields, size);
        video = begun;
        begun.opened().onFailure(this::fail).onSuccess(this::opened);
    }

    @Override
    public void partContent(Buffer bytes) {
        if (!inFile) {
            fields.content(bytes);
            return;
        }
        received += bytes.length();
        if (received > limits.maxBytes()) {
            throw UploadRoutes.tooLarge(limits.maxBytes());
        }
        limits.ticket().wrote(bytes.length());
        if (file == null) {
            early.add(bytes);
        } else {
            write(file, bytes);
        }
    }

    @Override
    public void partEnds() {
        if (!inFile) {
            fields.ends();
        }
        inFile = false;
    }

    private void arrived(Buffer bytes) {
        if (over) {
            return;
        }
        try {
            parser.feed(bytes);
        } catch (Fault refusal) {
            fail(refusal);
        }
    }

    private void opened(AppendedFile open) {
        if (over) {
            return;
        }
        file = open;
        open.drainHandler(drained -> request.resume());
        early.forEach(bytes -> write(open, bytes));
        early.clear();
        if (!open.writeQueueFull()) {
            request.resume();
        }
    }

    private void write(AppendedFile open, Buffer bytes) {
        if (over || video == null) {
            return;
        }
        video.write(open, bytes).onFailure(this::fail);
        if (open.writeQueueFull()) {
            request.pause();
        }
        if (limits.announced() == 0 && received - lookedAt >= LOOK_EVERY) {
            lookedAt = received;
            limits.admission().room().onFailure(this::fail);
        }
    }

    private void ended() {
        if (over) {
            return;
        }
        if (video == null || file == null) {
            fail(
                    parser.complete()
                            ? new Fault(400, "missing_file", "The form has no part named " + FILE + ".")
                            : brokenForm());
        } else if (!parser.complete()) {
            fail(brokenForm());
        } else if (file.length() == 0) {
            fail(new Fault(400, "empty_file", "The file has no bytes."));
        } else {
            over = true;
            video.complete(file).onSuccess(outcome::tryComplete).onFailure(this::discard);
        }
    }

    static Fault brokenOff() {
        return new Fault(400, "broken_off", "The client broke off the upload.");
    }

    private static Fault brokenForm() {
        return new Fault(400, "bad_multipart", "The form ends before its last boundary.");
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            early.clear();
            discard(cause);
        }
    }

    /** The client is answered when everything is gone, so that it may try again at once. */
    private void discard(Throwable cause) {
        Future<Void> gone = video == null ? Future.succeededFuture() : video.discard();
        gone.onFailure(left -> LOG.warn("what is left of an upload that failed is removed later: {}", left.toString()))
                .onComplete(done -> outcome.tryFail(cause));
    }
}
