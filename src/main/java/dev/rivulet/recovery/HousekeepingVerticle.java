package dev.rivulet.recovery;

import dev.rivulet.recovery.Housekeeping.Outcome;
import dev.rivulet.recovery.Housekeeping.Result;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does now and then what housekeeping may do without being asked, and tells what is left for a person to decide. */
public final class HousekeepingVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingVerticle.class);

    private final Housekeeping housekeeping;
    private final Duration interval;

    /** @param interval zero for never */
    public HousekeepingVerticle(Housekeeping housekeeping, Duration interval) {
        this.housekeeping = housekeeping;
        this.interval = interval;
    }

    @Override
    public Future<?> start() {
        if (!interval.isZero()) {
            again();
        }
        return Future.succeededFuture();
    }

    private void again() {
        vertx.setTimer(interval.toMillis(), timer -> housekeeping
                .run(Finding::automatic)
                .onSuccess(HousekeepingVerticle::tell)
                .onFailure(failure -> LOG.warn("housekeeping could not look: {}", failure.toString()))
                .onComplete(done -> again()));
    }

    private static void tell(List<Result> results) {
        List<Finding> left = results.stream()
                .filter(result -> result.outcome() == Outcome.FOUND)
                .map(Result::finding)
                .toList();
        if (!left.isEmpty()) {
            LOG.warn(
                    "housekeeping leaves={} bytes={} first={} see=/admin/housekeeping",
                    left.size(),
                    left.stream().mapToLong(Finding::bytes).sum(),
                    left.get(0).path());
        }
    }
}
