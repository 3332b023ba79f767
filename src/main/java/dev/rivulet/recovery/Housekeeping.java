package dev.rivulet.recovery;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Fault;
import dev.rivulet.config.Settings;
import dev.rivulet.job.VideoId;
import dev.rivulet.recovery.Finding.Remedy;
import dev.rivulet.store.WorkArea;
import dev.rivulet.store.WorkFiles.Item;
import dev.rivulet.web.Deletion;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what was left behind and mends or removes it. Each removal looks again, immediately before, whether it is still
 * due; each may be repeated.
 */
public final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HousekeepingParts parts;
    private final Settings.Housekeeping settings;
    private final Settings.Retention retention;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** One for a node: it runs once at a time. */
    public Housekeeping(HousekeepingParts parts, Settings.Housekeeping settings, Settings.Retention retention) {
        this.parts = parts;
        this.settings = settings;
        this.retention = retention;
    }

    /** What became of a finding. */
    enum Outcome {
        /** Nothing was done about it. */
        FOUND,
        /** Mended or removed. */
        DONE,
        /** It was changed or taken into use meanwhile. */
        SPARED,
        /** It could not be done; the log tells why. */
        FAILED
    }

    /** A finding and what became of it. */
    record Result(Finding finding, Outcome outcome) {}

    /** Everything that is wrong; changes nothing. Fails with 409 while another look is under way. */
    Future<List<Result>> look() {
        return alone(() -> new Inspection(parts, settings, retention).look().map(found -> found.stream()
                .map(finding -> new Result(finding, Outcome.FOUND))
                .toList()));
    }

    /** Looks, and does what can be done about what is {@code wanted}. Fails with 409 while another look is under way. */
    Future<List<Result>> run(Predicate<Finding> wanted) {
        return alone(() -> {
            Inspection inspection = new Inspection(parts, settings, retention);
            List<Result> results = new ArrayList<>();
            return inspection
                    .look()
                    .compose(found -> Inspection.each(found, finding -> act(finding, wanted)
                            .onSuccess(outcome -> results.add(new Result(finding, outcome)))
                            .mapEmpty()))
                    .compose(done -> parts.upkeep().forget(inspection.settledRemovals()))
                    .map(done -> List.copyOf(results));
        });
    }

    private <T> Future<T> alone(Supplier<Future<T>> work) {
        if (!busy.compareAndSet(false, true)) {
            return Future.failedFuture(
                    new Fault(409, "already_running", "Housekeeping is under way just now; ask again in a moment."));
        }
        return Future.succeededFuture().compose(start -> work.get()).onComplete(done -> busy.set(false));
    }

    private Future<Outcome> act(Finding finding, Predicate<Finding> wanted) {
        if (finding.remedy() instanceof Remedy.ByHand || !wanted.test(finding)) {
            return Future.succeededFuture(Outcome.FOUND);
        }
        return apply(finding.remedy())
                .map(done -> done ? Outcome.DONE : Outcome.SPARED)
                .onSuccess(outcome -> LOG.info(
                        "housekeeping={} path={} bytes={} remedy={} outcome={}",
                        finding.kind(),
                        finding.path(),
                        finding.bytes(),
                        finding.remedy().word(),
                        outcome))
                .recover(failure -> {
                    LOG.warn("housekeeping={} path={} failed: {}", finding.kind(), finding.path(), failure.toString());
                    return Future.succeededFuture(Outcome.FAILED);
                });
    }

    private Future<Boolean> apply(Remedy remedy) {
        if (remedy instanceof Remedy.RemoveWork work) {
            return removeWork(work.item());
        } else if (remedy instanceof Remedy.RemoveBytes bytes) {
            return removeBytes(bytes.video());
        } else if (remedy instanceof Remedy.Abandon upload) {
            return abandon(upload.video());
        } else if (remedy instanceof Remedy.Lapse upload) {
            return lapse(upload.upload());
        } else if (remedy instanceof Remedy.Expire video) {
            return parts.upkeep()
                    .expire(video.video(), retention)
                    .compose(gone -> gone ? deleted(video.video()).map(true) : Future.succeededFuture(false));
        } else if (remedy instanceof Remedy.WriteMaster video) {
            return parts.bus()
                    .ask(
                            Address.PUBLISH_MASTER.text(),
                            new Contract.WriteMaster(video.video()),
                            PATIENCE,
                            Contract.Done.class)
                    .map(true);
        }
        return Future.succeededFuture(false);
    }

    private Future<Boolean> removeWork(Item item) {
        return new Inspection(parts, settings, retention)
                .work(List.of(item))
                .compose(still -> still.isEmpty()
                        ? Future.succeededFuture(false)
                        : parts.work()
                                .remove(
                                        item.area(),
                                        item.name(),
                                        parts.clock().instant().minus(settings.minAge())));
    }

    private Future<Boolean> removeBytes(VideoId video) {
        return new Inspection(parts, settings, retention)
                .bytes(video)
                .compose(still -> still.isEmpty()
                        ? Future.succeededFuture(false)
                        : parts.media()
                                .deleteAll(video)
                                .compose(gone -> parts.upkeep().forget(List.of(video)))
                                .map(true));
    }

    private Future<Boolean> abandon(VideoId video) {
        return parts.upkeep()
                .abandon(video, settings.abandonedAfter())
                .compose(gone -> gone
                        ? deleted(video)
                                .compose(done -> parts.work()
                                        .remove(
                                                WorkArea.UPLOADS,
                                                Decisions.partName(video),
                                                parts.clock().instant().minus(settings.abandonedAfter())))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** Another node that has its bytes hears of it, and removes them. */
    private Future<Boolean> lapse(VideoId upload) {
        return parts.upkeep()
                .lapse(upload)
                .compose(gone -> gone
                        ? deleted(upload)
                                .compose(done -> parts.work()
                                        .remove(
                                                WorkArea.UPLOADS,
                                                Decisions.partName(upload),
                                                parts.clock().instant()))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** As by DELETE: the rows are gone, then whoever works for them is told, then the bytes go. */
    private Future<Void> deleted(VideoId video) {
        parts.bus().event(Address.STOP_VIDEO, new StopVideo(video));
        Deletion.tell(parts.videos(), parts.bus(), video);
        return parts.media().deleteAll(video);
    }
}
