package dev.rivulet.join;

import dev.rivulet.config.Settings;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.Fence;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right to join one quality, kept alive while the join goes on. What is joined is stored only while it holds. */
final class JoinRight implements Fence {
    private static final Logger LOG = LoggerFactory.getLogger(JoinRight.class);

    private final VideoStore videos;
    private final Settings.Lease lease;
    private final VideoId video;
    private final String quality;
    private final UUID token;
    private final LocalLease held;

    private JoinRight(
            VideoStore videos, Settings.Lease lease, VideoId video, String quality, UUID token, LocalLease held) {
        this.videos = videos;
        this.lease = lease;
        this.video = video;
        this.quality = quality;
        this.token = token;
        this.held = held;
    }

    /** How rights are won and kept. */
    record Terms(Vertx vertx, VideoStore videos, Settings.Lease lease) {
        /**
         * Does some work under a right, if that is to be had.
         *
         * @param lost told when it has become somebody else's in the middle of the work
         */
        <T> Future<Optional<T>> under(
                VideoId video, String quality, Runnable lost, Function<JoinRight, Future<T>> work) {
            LocalLease held = new LocalLease(lease.duration(), System.nanoTime(), System::nanoTime);
            return videos.claimJoin(video, quality, lease.duration()).compose(won -> {
                if (won.isEmpty()) {
                    return Future.succeededFuture(Optional.empty());
                }
                JoinRight right = new JoinRight(videos, lease, video, quality, won.get(), held);
                long timer = vertx.setPeriodic(lease.renew().toMillis(), tick -> right.renew(lost));
                return work.apply(right).map(Optional::of).onComplete(done -> vertx.cancelTimer(timer));
            });
        }
    }

    UUID token() {
        return token;
    }

    @Override
    public boolean open() {
        return held.open();
    }

    private void renew(Runnable lost) {
        long asked = held.now();
        videos.renewJoin(video, quality, token, lease.duration())
                .onSuccess(still -> {
                    if (still) {
                        held.renewed(asked);
                    } else {
                        held.lose();
                        lost.run();
                    }
                })
                .onFailure(failure -> LOG.warn(
                        "video={} quality={} the right to join could not be renewed: {}",
                        video,
                        quality,
                        failure.toString()));
    }
}
