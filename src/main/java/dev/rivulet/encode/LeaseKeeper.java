package dev.rivulet.encode;

import dev.rivulet.config.Settings;
import dev.rivulet.job.Lease;
import dev.rivulet.store.Outages;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.Renewal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases of running tasks alive, and carries what they made through times in which the database is away: the work
 * goes on meanwhile, nothing is stored once the lease may be somebody else's, and nothing is thrown away until it is.
 */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final TaskStore tasks;
    private final Settings.Lease lease;
    private final LongSupplier nanos;
    private final Function<Duration, Future<Void>> pause;
    private boolean asking;
    private boolean stopped;

    /**
     * @param nanos a monotonic clock
     * @param pause completes after so long
     */
    LeaseKeeper(TaskStore tasks, Settings.Lease lease, LongSupplier nanos, Function<Duration, Future<Void>> pause) {
        this.tasks = tasks;
        this.lease = lease;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Prolongs the leases, one question at a time; completes with the tasks that belong to somebody else by now. */
    Future<List<RunningTask>> renew(Collection<RunningTask> running) {
        if (asking || running.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        asking = true;
        return prolong(List.copyOf(running))
                .recover(failure -> {
                    LOG.warn("leases could not be renewed: {}", failure.toString());
                    return Future.succeededFuture(List.of());
                })
                .onComplete(done -> asking = false);
    }

    /**
     * Whether the task is still this node's. Where the lease may have ended meanwhile, asks the database, if need be until
     * it answers.
     */
    Future<Boolean> holds(RunningTask task) {
        if (task.held().open()) {
            return Future.succeededFuture(true);
        } else if (task.held().lost()) {
            return Future.succeededFuture(false);
        }
        return untilAnswered(() -> prolong(List.of(task)))
                .compose(lost ->
                        task.held().open() || task.held().lost() ? Future.<Void>succeededFuture() : pause.apply(PAUSE))
                .compose(asked -> holds(task));
    }

    /**
     * The same, asking the database in any case. For what a change of the plan takes away from its worker and gives to
     * another at once: the lease would not have ended yet.
     */
    Future<Boolean> confirmed(RunningTask task) {
        return task.held().lost()
                ? Future.succeededFuture(false)
                : untilAnswered(() -> prolong(List.of(task))).compose(lost -> holds(task));
    }

    /** Nothing is tried again from now on. */
    void stop() {
        stopped = true;
    }

    /** Repeats a call until the database answers it, be it with a refusal. */
    <T> Future<T> untilAnswered(Supplier<Future<T>> call) {
        return Outages.outlasted(
                call, () -> stopped ? Future.failedFuture("nobody waits any more") : pause.apply(PAUSE));
    }

    private Future<List<RunningTask>> prolong(List<RunningTask> running) {
        long now = nanos.getAsLong();
        List<Lease> leases = running.stream().map(RunningTask::lease).toList();
        return tasks.renew(leases, lease.duration()).map(renewal -> apply(running, renewal, now));
    }

    private static List<RunningTask> apply(List<RunningTask> running, Renewal renewal, long asked) {
        Set<Lease> renewed = new HashSet<>(renewal.renewed());
        Set<Lease> lost = new HashSet<>(renewal.lost());
        running.stream().filter(task -> renewed.contains(task.lease())).forEach(task -> task.held()
                .renewed(asked));
        List<RunningTask> gone =
                running.stream().filter(task -> lost.contains(task.lease())).toList();
        gone.forEach(task -> task.held().lose());
        return gone;
    }
}
