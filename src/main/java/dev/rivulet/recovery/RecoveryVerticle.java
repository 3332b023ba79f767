package dev.rivulet.recovery;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract.JoinVideo;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.store.ClusterLock;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.VideoStore.Pending;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says again what may have been lost: takes back expired leases and refills the queue from the database, which one node does
 * for all, and wakes its node's stages for the videos that are not settled. Losing every message slows the system down to
 * this interval, no more.
 */
public final class RecoveryVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryVerticle.class);

    private final Bus bus;
    private final VideoStore videos;
    private final TaskStore tasks;
    private final TaskQueue queue;
    private final ClusterLock lock;
    private final Duration interval;
    private final Rounds rounds = new Rounds();

    /** @param lock held by the one node that mends for all */
    public RecoveryVerticle(
            Bus bus, VideoStore videos, TaskStore tasks, TaskQueue queue, ClusterLock lock, Duration interval) {
        this.bus = bus;
        this.videos = videos;
        this.tasks = tasks;
        this.queue = queue;
        this.lock = lock;
        this.interval = interval;
    }

    @Override
    public Future<?> start() {
        again(1);
        return Future.succeededFuture();
    }

    private void again(long pause) {
        vertx.setTimer(pause, timer -> look().onComplete(done -> {
            if (done.failed()) {
                LOG.warn("recovery could not look: {}", done.cause().toString());
            }
            again(interval.toMillis());
        }));
    }

    private Future<Void> look() {
        return lock.alone(this::mend)
                .recover(away -> {
                    LOG.warn("recovery could not mend: {}", away.toString());
                    return Future.succeededFuture(false);
                })
                .compose(done -> videos.pending())
                .onSuccess(this::wake)
                .mapEmpty();
    }

    private Future<Void> mend() {
        return tasks.reclaimExpired()
                .onSuccess(reclaimed -> reclaimed.forEach(video -> LOG.warn("video={} a lease has expired", video)))
                .compose(reclaimed -> tasks.queued())
                .compose(offers -> offers.isEmpty() ? Future.succeededFuture() : queue.offer(offers));
    }

    private void wake(List<Pending> pending) {
        pending.stream()
                .filter(Pending::waiting)
                .forEach(video -> bus.command(Address.ENCODE_TOP_UP, new TopUp(video.id())));
        for (Pending video : rounds.next(pending)) {
            if (video.planned()) {
                bus.command(Address.JOIN_VIDEO, new JoinVideo(video.id()));
                bus.command(Address.PUBLISH_VIDEO, new PublishVideo(video.id()));
            } else {
                bus.command(Address.SEGMENT_VIDEO, new SegmentVideo(video.id()));
            }
        }
    }
}
