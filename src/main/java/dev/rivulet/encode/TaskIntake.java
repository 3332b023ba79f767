package dev.rivulet.encode;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.store.LocalLease;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Claim;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds work for free slots: takes as many tasks at once as slots are free, and claims them together. Nothing is taken for
 * a busy slot. Belongs to the dispatcher's event loop.
 */
final class TaskIntake {
    private static final Logger LOG = LoggerFactory.getLogger(TaskIntake.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TaskQueue queue;
    private final TaskStore tasks;
    private final Share share;
    private final Claimant claimant;
    private final Gate gate;
    private final Consumer<RunningTask> run;
    private final Consumer<Runnable> later;
    private final Deque<Integer> free = new ArrayDeque<>();
    private Future<?> claiming = Future.succeededFuture();
    private boolean taking;
    private boolean closed;

    /**
     * Who claims.
     *
     * @param worker name of this node
     * @param nanos a monotonic clock
     */
    record Claimant(String worker, Duration lease, LongSupplier nanos) {}

    /**
     * What it may take.
     *
     * @param last least urgent class
     * @param most how many tasks may be taken now, however many slots are free
     */
    record Share(TaskClass last, IntSupplier most) {}

    /** What has to be waited for; completes when it is so. */
    interface Gate {
        /** Whether more work is worth taking. */
        Future<Void> take();

        /** Whether what was taken may be begun. */
        Future<Void> claim();
    }

    private record Claimed(Claim claim, LocalLease held) {}

    /**
     * @param run starts a claimed task; its slot comes back by {@link #free}
     * @param later does something again after a pause
     */
    TaskIntake(
            TaskQueue queue,
            TaskStore tasks,
            Share share,
            Claimant claimant,
            Gate gate,
            Consumer<RunningTask> run,
            Consumer<Runnable> later) {
        this.queue = queue;
        this.tasks = tasks;
        this.share = share;
        this.claimant = claimant;
        this.gate = gate;
        this.run = run;
        this.later = later;
    }

    /** A slot has nothing to do. */
    void free(int slot) {
        free.add(slot);
        take();
    }

    /** More may be taken than before. */
    void look() {
        take();
    }

    /**
     * Takes nothing more. What was taken and is not yet claimed is left to recovery, which offers it again.
     *
     * @return completes when what is just being claimed has been given back
     */
    Future<Void> close() {
        closed = true;
        return claiming.<Void>mapEmpty().otherwiseEmpty();
    }

    /** One take at a time: what it does not find is not there for another one either. */
    private void take() {
        if (taking || closed || most() <= 0) {
            return;
        }
        taking = true;
        gate.take()
                .compose(opened -> closed || most() <= 0
                        ? Future.succeededFuture(List.<TaskId>of())
                        : queue.take(share.last(), most(), PATIENCE))
                .compose(this::claim)
                .onComplete(this::taken);
    }

    private int most() {
        return Math.min(free.size(), share.most().getAsInt());
    }

    /** What is taken but not claimed because the gate is closed is offered again by recovery. */
    private Future<List<Claimed>> claim(List<TaskId> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return gate.claim().compose(opened -> {
            long asked = claimant.nanos().getAsLong();
            return claimTogether(ids).map(claims -> claims.stream()
                    .map(claim -> new Claimed(claim, new LocalLease(claimant.lease(), asked, claimant.nanos())))
                    .toList());
        });
    }

    private Future<List<Claim>> claimTogether(List<TaskId> ids) {
        if (closed) {
            return Future.succeededFuture(List.of());
        }
        Future<List<Claim>> claimed = tasks.claim(ids, claimant.worker(), claimant.lease())
                .compose(claims -> closed ? giveBack(claims) : Future.succeededFuture(claims));
        claiming = claimed;
        return claimed;
    }

    private Future<List<Claim>> giveBack(List<Claim> claims) {
        return Future.join(claims.stream()
                        .map(claim -> tasks.release(claim.lease()))
                        .toList())
                .map(List.of());
    }

    private void taken(AsyncResult<List<Claimed>> done) {
        if (done.succeeded()) {
            try {
                // A task that begins may make others ask for more: not before each of these has its slot.
                start(done.result());
            } finally {
                taking = false;
            }
            take();
        } else if (closed) {
            taking = false;
        } else {
            LOG.warn("no task can be taken now: {}", done.cause().toString());
            later.accept(() -> {
                taking = false;
                take();
            });
        }
    }

    private void start(List<Claimed> all) {
        all.forEach(one -> run.accept(new RunningTask(one.claim(), free.remove(), one.held())));
    }
}
