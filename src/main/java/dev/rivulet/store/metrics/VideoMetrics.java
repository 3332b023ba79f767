package dev.rivulet.store.metrics;

import dev.rivulet.job.JoinFate;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Announcement.Mark;
import dev.rivulet.store.Retry;
import dev.rivulet.store.Update;
import dev.rivulet.store.VideoStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of videos, and times how long their viewers wait. */
public final class VideoMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(VideoMetrics.class);
    private static final Duration[] WAITS = Buckets.seconds(0.5, 1, 1.5, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600);
    private static final Duration[] JOINS = Buckets.seconds(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120);

    private final VideoStore videos;
    private final MeterRegistry registry;
    private final Timer previewable;
    private final Timer playable;
    private final Timer completed;
    private final Counter uploads;
    private final Counter uploadBytes;
    /** By the token of the right to join. */
    private final Map<UUID, Joining> joins = new ConcurrentHashMap<>();

    /** @param since by the registry's clock, in nanoseconds */
    private record Joining(long since, String quality) {}

    private VideoMetrics(VideoStore videos, MeterRegistry registry) {
        this.videos = videos;
        this.registry = registry;
        this.previewable = wait("previewable", "the first segments can be watched");
        this.playable = wait("playable", "the lowest quality has joined");
        this.completed = wait("completed", "all qualities have joined");
        this.uploads = Counter.builder("rivulet.uploads")
                .description("Uploads whose last byte is durable")
                .register(registry);
        this.uploadBytes = Counter.builder("rivulet.upload.bytes")
                .description("Bytes of these uploads")
                .register(registry);
        for (VideoStatus status : VideoStatus.values()) {
            moved(status.name(), 0);
        }
        for (String fate : List.of("again", "remade", "given_up", "stale")) {
            joinFailed(fate, 0);
        }
    }

    /** The same store; what it answers is counted in {@code registry}. */
    public static VideoStore of(VideoStore videos, MeterRegistry registry) {
        VideoMetrics metrics = new VideoMetrics(videos, registry);
        return Heard.by(
                VideoStore.class,
                videos,
                Map.of(
                        "create", (asked, answer) -> metrics.moved(VideoStatus.UPLOADING.name(), 1),
                        "uploaded", (asked, answer) -> metrics.uploaded((long) asked[1], answer),
                        "announce", (asked, answer) -> metrics.announced((Announcement) asked[1], (Optional<?>) answer),
                        "refuse", (asked, answer) -> metrics.refused((Optional<?>) answer),
                        "retry", (asked, answer) -> metrics.retried(answer),
                        "claimJoin", (asked, answer) -> metrics.joining((String) asked[1], (Optional<?>) answer),
                        "renewJoin", (asked, answer) -> metrics.renewed((UUID) asked[2], answer),
                        "joined", (asked, answer) -> metrics.joined((UUID) asked[2], answer),
                        "releaseJoin", (asked, answer) -> metrics.joins.remove((UUID) asked[2]),
                        "joinFailed", (asked, answer) -> metrics.notJoined((UUID) asked[2], (JoinFate) answer)));
    }

    private void uploaded(long bytes, @Nullable Object moved) {
        if (Boolean.TRUE.equals(moved)) {
            uploads.increment();
            uploadBytes.increment(bytes);
            moved(VideoStatus.PROCESSING.name(), 1);
        }
    }

    private void announced(Announcement announcement, @Nullable Optional<?> answer) {
        if (answer == null || answer.isEmpty()) {
            return;
        }
        Update update = (Update) answer.get();
        VideoStatus status = announcement.status();
        if (status != null) {
            moved(status.name(), 1);
        }
        if (announcement.mark() == Mark.PREVIEWABLE) {
            reached(previewable, update);
        } else if (status == VideoStatus.READY) {
            reached(playable, update);
        } else if (status == VideoStatus.COMPLETED) {
            reached(completed, update);
        }
    }

    private void refused(@Nullable Optional<?> update) {
        moved(VideoStatus.FAILED.name(), update != null && update.isPresent() ? 1 : 0);
    }

    private void retried(@Nullable Object answer) {
        if (answer instanceof Retry.Begun begun) {
            moved(begun.update().body().getString("status"), 1);
        }
    }

    /** Both times are the database's, so that the clocks of nodes do not matter. */
    private void reached(Timer timer, Update update) {
        VideoId id = update.video();
        Instant at = Instant.parse(update.body().getString("at"));
        videos.find(id)
                .onSuccess(found -> found.map(video -> video.processingSince())
                        .ifPresent(since -> timer.record(Duration.between(since, at))))
                .onFailure(failure -> LOG.debug("video={} could not be timed: {}", id, failure.toString()));
    }

    private void joining(String quality, @Nullable Optional<?> token) {
        if (token != null && token.isPresent()) {
            joins.put((UUID) token.get(), new Joining(now(), quality));
        }
    }

    private void renewed(UUID token, @Nullable Object held) {
        if (Boolean.FALSE.equals(held)) {
            joins.remove(token);
        }
    }

    private void joined(UUID token, @Nullable Object recorded) {
        Joining joining = joins.remove(token);
        if (joining != null && Boolean.TRUE.equals(recorded)) {
            Timer.builder("rivulet.join.duration")
                    .description("Verifying a complete quality and making its playlist and its MP4")
                    .tags("quality", joining.quality())
                    .serviceLevelObjectives(JOINS)
                    .register(registry)
                    .record(now() - joining.since(), TimeUnit.NANOSECONDS);
        }
    }

    private void notJoined(UUID token, @Nullable JoinFate fate) {
        joins.remove(token);
        if (fate instanceof JoinFate.Again) {
            joinFailed("again", 1);
        } else if (fate instanceof JoinFate.Remade) {
            joinFailed("remade", 1);
        } else {
            joinFailed(fate instanceof JoinFate.GivenUp ? "given_up" : "stale", 1);
        }
    }

    private Timer wait(String what, String until) {
        return Timer.builder("rivulet.time.to." + what)
                .description("From the last byte of the upload, or a retry, until " + until)
                .serviceLevelObjectives(WAITS)
                .register(registry);
    }

    private void moved(String status, int number) {
        registry.counter("rivulet.video.moves", "to", status.toLowerCase(Locale.ROOT))
                .increment(number);
    }

    private void joinFailed(String fate, int number) {
        registry.counter("rivulet.join.failures", "fate", fate).increment(number);
    }

    private long now() {
        return registry.config().clock().monotonicTime();
    }
}
