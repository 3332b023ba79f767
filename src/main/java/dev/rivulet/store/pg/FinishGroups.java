package dev.rivulet.store.pg;

import dev.rivulet.job.Lease;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskResult;
import dev.rivulet.store.TaskStore.Finish;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Records what tasks have made. Those that end while others are being recorded are recorded together, in one transaction;
 * the busier, the fewer transactions. What does not simply fit is recorded alone, after what fits, as are all of a group
 * whose transaction failed: a task answers for itself only.
 */
final class FinishGroups {
    private static final int MOST = 50;
    /** After which the next group does not wait any longer; the locks keep the order then. */
    private static final int PATIENCE_SECONDS = 10;

    private final Pool pool;
    private final TaskOutcomes outcomes;
    private final Deque<Finished> waiting = new ArrayDeque<>();
    private boolean busy;

    FinishGroups(Pool pool, TaskOutcomes outcomes) {
        this.pool = pool;
        this.outcomes = outcomes;
    }

    /** What somebody waits to hear of. */
    record Finished(Lease lease, TaskResult result, RetryPolicy policy, Promise<Finish> told) {}

    Future<Finish> finish(Lease lease, TaskResult result, RetryPolicy policy) {
        Finished finished = new Finished(lease, result, policy, Promise.promise());
        synchronized (this) {
            waiting.add(finished);
            if (busy) {
                return finished.told().future();
            }
            busy = true;
        }
        next();
        return finished.told().future();
    }

    private void next() {
        List<Finished> group = group();
        if (!group.isEmpty()) {
            Future.<Void>succeededFuture()
                    .compose(begun -> record(group))
                    .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .onFailure(
                            failure -> group.forEach(finished -> finished.told().tryFail(failure)))
                    .onComplete(done -> next());
        }
    }

    private synchronized List<Finished> group() {
        List<Finished> group = new ArrayList<>();
        while (!waiting.isEmpty() && group.size() < MOST) {
            group.add(waiting.remove());
        }
        busy = !group.isEmpty();
        return group;
    }

    private Future<Void> record(List<Finished> group) {
        if (group.size() == 1) {
            return alone(group.get(0));
        }
        return pool.withTransaction(connection -> FinishedTogether.record(connection, group))
                .recover(failure ->
                        PgOutage.is(failure) ? Future.failedFuture(failure) : Future.succeededFuture(Map.of()))
                .compose(told -> {
                    Future<Void> rest = Future.succeededFuture();
                    for (Finished finished : group) {
                        Finish finish = told.get(finished);
                        if (finish == null) {
                            rest = rest.compose(before -> alone(finished));
                        } else {
                            finished.told().tryComplete(finish);
                        }
                    }
                    return rest;
                });
    }

    /** Never fails. */
    private Future<Void> alone(Finished finished) {
        return outcomes.finish(finished.lease(), finished.result(), finished.policy())
                .onSuccess(finished.told()::tryComplete)
                .onFailure(finished.told()::tryFail)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
