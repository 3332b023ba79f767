package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskKind;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.testing.Samples;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is counted of what the stores are asked and answer. */
public abstract class MetricsContract extends TaskContract {
    private static final MediaPlan SHORT = Samples.plan(20);
    private static final VideoError ERROR = new VideoError(ErrorCode.ENCODE_FAILED, "cannot be joined");

    protected final MockClock clock = new MockClock();
    protected final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

    protected abstract Upkeep upkeep();

    @Test
    void aTaskIsTimedFromItsClaimToItsRecord() {
        VideoId id = queued(SHORT);
        Lease chunk = chunkLease(id, 1, 0);
        Lease sound = claimed(id, TaskKind.AUDIO, 1, 0).lease();
        assertThat(gauge("rivulet.slots.busy")).isEqualTo(2);
        clock.add(Duration.ofSeconds(7));
        await(tasks().finish(chunk, Samples.chunk(SHORT, 1, 0), POLICY));
        clock.add(Duration.ofSeconds(3));
        await(tasks().finish(sound, Samples.audio(SHORT), POLICY));

        assertThat(seconds("rivulet.task.duration", "kind", "chunk", "qualities", "240p+360p"))
                .isEqualTo(7);
        assertThat(seconds("rivulet.task.duration", "kind", "audio", "qualities", "none"))
                .isEqualTo(10);
        assertThat(count("rivulet.task.claims", "kind", "chunk")).isEqualTo(1);
        assertThat(gauge("rivulet.slots.busy")).isZero();
    }

    @Test
    void failedAttemptsAreCountedByKindAndReason() {
        VideoId id = queued(SHORT);
        await(tasks().fail(
                        claimed(id, TaskKind.POSTER, 0, 0).lease(),
                        new TaskFailure(FailureKind.INPUT, "damaged", ""),
                        POLICY));
        await(tasks().fail(chunkLease(id, 0, 1), CRASH, POLICY));

        assertThat(count("rivulet.attempts.failed", "kind", "poster", "failure", "input"))
                .isEqualTo(1);
        assertThat(count("rivulet.attempts.failed", "kind", "chunk", "failure", "tool"))
                .isEqualTo(1);
        assertThat(count("rivulet.attempts.failed", "kind", "chunk", "failure", "seam"))
                .isZero();
        assertThat(count("rivulet.tasks.given.up", "kind", "poster")).isEqualTo(1);
        assertThat(count("rivulet.tasks.given.up", "kind", "chunk")).isZero();
        assertThat(gauge("rivulet.slots.busy")).isZero();
    }

    @Test
    void aSeamThatDoesNotFitCountsForTheChunkThatIsMadeAgain() {
        VideoId id = queued(SHORT);
        await(tasks().finish(chunkLease(id, 0, 1), Samples.chunk(SHORT, 0, 1), POLICY));
        Finish misfit = await(
                tasks().finish(chunkLease(id, 0, 0), Samples.chunk(SHORT, 0, 0, "frame-0", "another frame"), POLICY));

        assertThat(misfit).isInstanceOf(Finish.Redo.class);
        assertThat(((Finish.Redo) misfit).kind()).isEqualTo(FailureKind.SEAM);
        assertThat(count("rivulet.seam.failures")).isEqualTo(1);
        assertThat(count("rivulet.attempts.failed", "kind", "chunk", "failure", "seam"))
                .isEqualTo(1);
        assertThat(timer("rivulet.task.duration", "kind", "chunk", "qualities", "144p")
                        .count())
                .as("this one was made, its neighbour was not")
                .isEqualTo(2);
    }

    @Test
    void aLostLeaseIsCountedByWhoFindsIt() {
        VideoId id = queued(SHORT);
        Lease late = await(tasks().claim(chunkRow(id, 0, 0).id(), "slow", Duration.ZERO))
                .orElseThrow()
                .lease();
        Lease later = await(tasks().claim(chunkRow(id, 0, 1).id(), "slow", Duration.ZERO))
                .orElseThrow()
                .lease();
        await(tasks().reclaimExpired());
        assertThat(count("rivulet.lease.losses", "found", "recovery")).isEqualTo(2);

        await(tasks().renew(List.of(late), LEASE));
        await(tasks().renew(List.of(late), LEASE));
        await(tasks().tick(late, 0.5, 0));
        assertThat(count("rivulet.lease.losses", "found", "worker")).isEqualTo(1);
        assertThat(gauge("rivulet.slots.busy")).isEqualTo(1);
        assertThat(count("rivulet.stale.reports")).isZero();
        await(tasks().finish(later, Samples.chunk(SHORT, 0, 1), POLICY));
        await(tasks().fail(late, CRASH, POLICY));
        assertThat(count("rivulet.stale.reports")).isEqualTo(2);
        assertThat(gauge("rivulet.slots.busy")).isZero();
    }

    @Test
    void videosAreCountedByTheirMovesAndTimedFromTheirLastByte() {
        NewVideo video = Samples.video();
        await(videos().create(video));
        await(videos().uploaded(video.id(), 4711));
        await(videos().uploaded(video.id(), 4711));
        await(videos().announce(
                        video.id(),
                        Announcement.once("previewable", "previewable", Announcement.Mark.PREVIEWABLE, Map.of())));
        Announcement ready = Announcement.move("playable", "playable", VideoStatus.READY, Map.of());
        await(videos().announce(video.id(), ready));
        await(videos().announce(video.id(), ready));
        await(videos().announce(video.id(), Announcement.move("done", "done", VideoStatus.COMPLETED, Map.of())));

        assertThat(count("rivulet.uploads")).isEqualTo(1);
        assertThat(count("rivulet.upload.bytes")).isEqualTo(4711);
        for (String to : List.of("uploading", "processing", "ready", "completed")) {
            assertThat(count("rivulet.video.moves", "to", to)).as(to).isEqualTo(1);
        }
        assertThat(count("rivulet.video.moves", "to", "failed")).isZero();
        for (String what : List.of("previewable", "playable", "completed")) {
            dev.rivulet.testing.Futures.until(() -> videos().find(video.id())
                    .map(found -> timer("rivulet.time.to." + what).count() == 1));
            assertThat(timer("rivulet.time.to." + what).totalTime(TimeUnit.SECONDS))
                    .as(what)
                    .isBetween(0.0, 60.0);
        }
    }

    @Test
    void aRetryIsAMoveOfItsOwn() {
        VideoId id = planned(SHORT);
        await(videos().failQualities(id, List.of("720p"), ERROR));
        await(videos().announce(id, Announcement.failed(VideoStatus.PARTIAL, ERROR)));
        await(videos().tidied(id, VideoStatus.PARTIAL));
        double before = count("rivulet.video.moves", "to", "processing") + count("rivulet.video.moves", "to", "ready");
        assertThat(await(videos().retry(id, null))).isInstanceOf(Retry.Begun.class);
        assertThat(count("rivulet.video.moves", "to", "processing") + count("rivulet.video.moves", "to", "ready"))
                .isEqualTo(before + 1);
    }

    @Test
    void joinsAreTimedAndTheirFailuresCounted() {
        VideoId id = planned(SHORT);
        UUID token = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        clock.add(Duration.ofMillis(1500));
        assertThat(await(videos().joined(id, "144p", token, new JoinedFigures(120_000, 90_000, "avc1.42c00b", 777))))
                .isTrue();
        UUID broken = await(videos().claimJoin(id, "240p", LEASE)).orElseThrow();
        await(videos().joinFailed(id, "240p", broken, ERROR));

        assertThat(seconds("rivulet.join.duration", "quality", "144p")).isEqualTo(1.5);
        assertThat(count("rivulet.join.failures", "fate", "again")).isEqualTo(1);
        assertThat(count("rivulet.join.failures", "fate", "given_up")).isZero();
        assertThat(registry.find("rivulet.join.duration").tag("quality", "240p").timer())
                .isNull();
    }

    @Test
    void whatHousekeepingRemovesIsCounted() {
        NewVideo silent = Samples.video();
        await(videos().create(silent));
        assertThat(await(upkeep().abandon(silent.id(), Duration.ofDays(1)))).isFalse();
        assertThat(await(upkeep().abandon(silent.id(), Duration.ZERO))).isTrue();
        assertThat(count("rivulet.recovery.removals", "what", "abandoned_upload"))
                .isEqualTo(1);
        assertThat(count("rivulet.recovery.removals", "what", "expired_video")).isZero();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private Timer timer(String name, String... tags) {
        return registry.get(name).tags(tags).timer();
    }

    private double seconds(String name, String... tags) {
        return timer(name, tags).totalTime(TimeUnit.MILLISECONDS) / 1000;
    }
}
