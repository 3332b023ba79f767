package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.ResumableUpload;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts final uploads together from their parts. The first part becomes the file to which the others are added, each
 * deleted when it is in: no more room is needed than for one part, and the file's length says how far it is, so that a run
 * that was cut off is gone on with.
 */
final class UploadAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(UploadAssembly.class);
    /** Between two of them it can be ended, and the worker does something else. */
    private static final long SLICE = 64L << 20;

    private final TusParts parts;

    UploadAssembly(TusParts parts) {
        this.parts = parts;
    }

    /**
     * Makes a final upload a video, if all its parts are complete; repeatable.
     *
     * @return whether it is a video now
     */
    Future<Boolean> attempt(VideoId whole) {
        return parts.locks().take(whole, () -> {}).compose(turn -> parts.ports()
                .uploads()
                .find(whole)
                .compose(found -> assemble(found.orElseThrow(TusFaults::unknown)))
                .onComplete(done -> turn.release()));
    }

    /** Goes on with what waited for a part. Who sent the part is not kept waiting for that. */
    void partCompleted(VideoId part) {
        parts.ports()
                .uploads()
                .finalsOf(part)
                .compose(
                        finals -> Future.join(finals.stream().map(this::attempt).toList()))
                .onFailure(failure -> LOG.warn("upload={} what it is a part of waits: {}", part, failure.toString()));
    }

    private Future<Boolean> assemble(ResumableUpload whole) {
        if (whole.status() == VideoStatus.CANCELLED) {
            return Future.failedFuture(TusFaults.gone());
        } else if (whole.finished()) {
            return Future.succeededFuture(true);
        } else if (!whole.here()) {
            return Future.failedFuture(TusFaults.elsewhere());
        }
        return parts.ports()
                .uploads()
                .assemble(whole.id())
                .compose(lengths -> lengths.isEmpty()
                        ? Future.succeededFuture(false)
                        : new Run(whole.id(), whole.parts(), lengths.get()).go().map(true));
    }

    /** One run for one upload. */
    private final class Run implements UploadsInFlight.Upload {
        private final VideoId id;
        private final List<VideoId> from;
        private final List<Long> lengths;
        private final Context context = parts.vertx().getOrCreateContext();
        private final UploadProgress progress;
        private volatile @Nullable Fault refusal;

        Run(VideoId id, List<VideoId> from, List<Long> lengths) {
            this.id = id;
            this.from = from;
            this.lengths = lengths;
            this.progress = new UploadProgress(parts.ports().bus(), id, total());
        }

        @Override
        public void refuse(Fault reason) {
            refusal = reason;
        }

        @Override
        public boolean receives(VideoId video) {
            return id.equals(video);
        }

        Future<Void> go() {
            parts.inFlight().enter(this, context);
            return parts.ports()
                    .uploads()
                    .renew(id, parts.limits().expires(), null)
                    .compose(alive -> alive.isEmpty() ? Future.failedFuture(Reception.deleted()) : copy())
                    .compose(done -> parts.reception().complete(id, total(), Future::succeededFuture))
                    .onSuccess(video -> parts.early().end(id))
                    .<Void>mapEmpty()
                    .recover(this::unwanted)
                    .onComplete(done -> parts.inFlight().leave(this));
        }

        private Future<Void> copy() {
            return parts.files()
                    .rename(from.get(0), id)
                    .compose(named -> parts.files().durable(id))
                    // Without a file, it has been adopted by the store already.
                    .compose(size -> size.isEmpty() ? Future.succeededFuture() : copyFrom(size.get()));
        }

        private Future<Void> copyFrom(long size) {
            Fault unwanted = refusal;
            if (unwanted != null) {
                return Future.failedFuture(unwanted);
            }
            progress.moved(size);
            long begin = 0;
            for (int i = 0; i < from.size(); i++) {
                long end = begin + lengths.get(i);
                if (size < end) {
                    VideoId part = from.get(i);
                    return parts.files()
                            .append(part, size - begin, Math.min(SLICE, end - size), id)
                            .compose(copied -> (size + copied == end
                                            ? parts.files().delete(part)
                                            : Future.<Void>succeededFuture())
                                    .compose(done -> copyFrom(size + copied)));
                }
                begin = end;
            }
            return leftovers();
        }

        /** Parts whose deletion was cut off, and empty ones. */
        private Future<Void> leftovers() {
            return Future.join(from.stream().map(parts.files()::delete).toList())
                    .mapEmpty();
        }

        private long total() {
            return lengths.stream().mapToLong(Long::longValue).sum();
        }

        /** Of a video that went meanwhile nothing is left; else the next attempt goes on. */
        private Future<Void> unwanted(Throwable failure) {
            return parts.ports()
                    .uploads()
                    .find(id)
                    .compose(found -> gone(found)
                            ? leftovers()
                                    .compose(done -> parts.files().delete(id))
                                    .compose(done -> parts.reception().discard(id))
                                    .compose(done -> Future.failedFuture(Reception.deleted()))
                            : Future.failedFuture(failure));
        }

        private boolean gone(Optional<ResumableUpload> found) {
            return found.isEmpty() || found.get().status() == VideoStatus.CANCELLED;
        }
    }
}
