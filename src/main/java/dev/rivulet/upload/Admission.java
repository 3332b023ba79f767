package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.config.Settings;
import dev.rivulet.store.Room;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Decides whether another upload can be taken; one for all event loops of a node. */
public final class Admission {
    private final Settings.Upload limits;
    private final Room room;
    private final VideoStore videos;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong promised = new AtomicLong();

    public Admission(Settings.Upload limits, Room room, VideoStore videos) {
        this.limits = limits;
        this.room = room;
        this.videos = videos;
    }

    /**
     * Lets an upload in.
     *
     * @param size bytes that were announced, 0 when not
     * @return fails with a {@link Fault} 429 or 507
     */
    Future<Ticket> enter(long size) {
        return enter(size, videos::underWay);
    }

    /**
     * Lets a part of an upload in, which is no video yet.
     *
     * @param waiting how many of its kind there are
     */
    Future<Ticket> enter(long size, Supplier<Future<Long>> waiting) {
        return again(size).compose(ticket -> queue(waiting).map(ticket).onFailure(full -> ticket.leave()));
    }

    /** Lets one in that had been let in before, and comes with more. */
    Future<Ticket> again(long size) {
        if (inFlight.incrementAndGet() > limits.maxInFlight()) {
            inFlight.decrementAndGet();
            return Future.failedFuture(new Fault(
                    429, "too_many_uploads", "The server takes no more uploads at the moment; try again soon."));
        }
        promised.addAndGet(size);
        Ticket ticket = new Ticket(size);
        return room().map(ticket).onFailure(full -> ticket.leave());
    }

    /** Lets one in that was let in before a restart; nothing is asked but that later ones may have to wait for it. */
    Ticket readmit() {
        inFlight.incrementAndGet();
        return new Ticket(0);
    }

    private Future<Void> queue(Supplier<Future<Long>> waiting) {
        return waiting.get()
                .compose(number -> number < limits.maxQueued()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Fault(
                                429,
                                "too_many_videos",
                                "So many videos wait for their encoding that no more are taken; try again later.")));
    }

    /** Fails with a {@link Fault} 507 when what was let in leaves too little space. */
    Future<Void> room() {
        return room.free()
                .compose(free -> free - promised.get() >= limits.minFreeBytes()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Fault.noRoom()));
    }

    /** The place of one upload; used by one event loop. */
    final class Ticket {
        private long outstanding;
        private boolean left;

        private Ticket(long size) {
            outstanding = size;
        }

        /** More bytes will come; fails with a {@link Fault} 507, and promises nothing, when there is no room for them. */
        Future<Void> expect(long size) {
            wrote(outstanding);
            outstanding = size;
            promised.addAndGet(size);
            return room().onFailure(full -> wrote(outstanding));
        }

        /** Bytes that were promised are written, and now missing from the free ones. */
        void wrote(long bytes) {
            long kept = Math.min(bytes, outstanding);
            outstanding -= kept;
            promised.addAndGet(-kept);
        }

        /** Makes place for the next one; harmless when said again. */
        void leave() {
            if (!left) {
                left = true;
                wrote(outstanding);
                inFlight.decrementAndGet();
            }
        }
    }
}
