package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.RetryPolicy;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.store.TaskStore.Fate;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.Video;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Sources;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A lane on its way from one state to the next. */
final class LifeRun {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final RetryPolicy POLICY = new RetryPolicy(2);
    private static final TaskFailure CRASH = new TaskFailure(FailureKind.TOOL, "exit 1", "");
    private static final TaskFailure LOST = new TaskFailure(FailureKind.LOST, "away", "");
    private static final VideoError ERROR = new VideoError(ErrorCode.ENCODE_FAILED, "It broke.");
    static final MediaPlan PLAN = Sources.of(426, 240).lasting("5").plan();

    /** One thing that happens. */
    interface Event {
        void happen(LifeRun run);
    }

    private final Lane lane;
    private Map<Long, Lease> leases = new HashMap<>();
    private Map<Long, Lease> lateLeases = new HashMap<>();
    private Map<String, UUID> joins = new HashMap<>();
    private Map<String, UUID> lateJoins = new HashMap<>();
    private List<String> path = List.of();

    LifeRun(Lane lane, LifeState state) {
        this.lane = lane;
        remember(state);
    }

    void restore(LifeState state) {
        lane.restore(state.rows());
        remember(state);
    }

    private void remember(LifeState state) {
        leases = new HashMap<>(state.leases());
        lateLeases = new HashMap<>(state.lateLeases());
        joins = new HashMap<>(state.joins());
        lateJoins = new HashMap<>(state.lateJoins());
        path = state.path();
    }

    LifeState state(String event) {
        List<String> longer = new ArrayList<>(path);
        longer.add(event);
        return new LifeState(
                lane.rows(),
                Map.copyOf(leases),
                Map.copyOf(lateLeases),
                Map.copyOf(joins),
                Map.copyOf(lateJoins),
                List.copyOf(longer));
    }

    Video video() {
        return await(lane.videos.find(Lane.ID)).orElseThrow();
    }

    /** What can happen now; what comes late or twice among it. */
    Map<String, Event> events() {
        Map<String, Event> events = new LinkedHashMap<>();
        Optional<Video> found = await(lane.videos.find(Lane.ID));
        events.put("uploaded", run -> await(lane.videos.uploaded(Lane.ID, 1000)));
        events.put("planned", run -> lane.plan(PLAN));
        events.put("topped up", run -> run.topUp());
        events.put("expired", run -> lane.expire());
        events.put("published", run -> lane.publish());
        events.put(
                "cancelled",
                run -> await(lane.videos.announce(Lane.ID, Announcement.failed(VideoStatus.CANCELLED, null))));
        events.put("retried", run -> await(lane.videos.retry(Lane.ID, null)));
        events.put("retried 240p", run -> await(lane.videos.retry(Lane.ID, "240p")));
        events.put("deleted", run -> await(lane.videos.delete(Lane.ID)));
        List<TaskRow> rows = await(lane.tasks.tasks(Lane.ID));
        Map<Long, String> tokens = tokens();
        for (TaskRow task : rows) {
            long id = task.id().value();
            String name = task.kind() + "-" + task.tier();
            events.put("claimed " + name, run -> run.claim(task));
            right("", name, leases.get(id), tokens.get(id), task, events);
            right("old ", name, lateLeases.get(id), tokens.get(id), task, events);
        }
        found.ifPresent(video -> video.renditions().forEach(row -> {
            String quality = row.quality();
            if (complete(rows, row.tier())) {
                events.put("join of " + quality, run -> run.claimJoin(quality));
            }
            joinRight("", quality, joins.get(quality), events);
            joinRight("old ", quality, lateJoins.get(quality), events);
        }));
        return events;
    }

    private void right(String old, String name, Lease lease, String token, TaskRow task, Map<String, Event> events) {
        if (lease == null) {
            return;
        }
        String late = lease.token().toString().equals(token) ? "" : "late ";
        events.put(late + old + name + " made", run -> run.made(lease, task, !late.isEmpty()));
        events.put(late + old + name + " crashed", run -> run.failed(lease, CRASH, !late.isEmpty()));
        events.put(late + old + name + " lost", run -> run.failed(lease, LOST, !late.isEmpty()));
    }

    private void joinRight(String old, String quality, UUID token, Map<String, Event> events) {
        if (token == null) {
            return;
        }
        events.put(
                old + quality + " joined",
                run -> await(lane.videos.joined(Lane.ID, quality, token, new JoinedFigures(1, 1, "avc1", 1))));
        events.put(old + quality + " not joined", run -> await(lane.videos.joinFailed(Lane.ID, quality, token, ERROR)));
        events.put(old + quality + " given back", run -> await(lane.videos.releaseJoin(Lane.ID, quality, token)));
    }

    private Map<Long, String> tokens() {
        Map<Long, String> tokens = new HashMap<>();
        for (Object row : new JsonArray(lane.rows().tables().get(2))) {
            tokens.put(((JsonObject) row).getLong("id"), ((JsonObject) row).getString("lease_token"));
        }
        return tokens;
    }

    void topUp() {
        lane.endPauses();
        await(lane.tasks.topUp(Lane.ID, 100));
    }

    boolean claim(TaskRow task) {
        var claim = await(lane.tasks.claim(task.id(), "worker", LEASE));
        claim.ifPresent(got -> {
            Lease before = leases.put(task.id().value(), got.lease());
            if (before != null) {
                lateLeases.put(task.id().value(), before);
            }
        });
        return claim.isPresent();
    }

    boolean claimJoin(String quality) {
        var right = await(lane.videos.claimJoin(Lane.ID, quality, LEASE));
        right.ifPresent(token -> {
            UUID before = joins.put(quality, token);
            if (before != null) {
                lateJoins.put(quality, before);
            }
        });
        return right.isPresent();
    }

    void made(Lease lease, TaskRow task, boolean late) {
        Optional<Video> video = await(lane.videos.find(Lane.ID));
        MediaPlan plan = video.map(Video::plan).orElse(PLAN);
        TaskResult result =
                switch (task.kind()) {
                    case CHUNK -> Samples.chunk(plan, task.tier(), task.chunk());
                    case MEZZANINE -> new TaskResult.MezzanineMade(plan.grid().frames());
                    case AUDIO, SUBTITLES, POSTER -> new TaskResult.PosterMade(1);
                };
        Finish finish = await(lane.tasks.finish(lease, result, POLICY));
        assertThat(finish instanceof Finish.Stale).isEqualTo(late);
    }

    void failed(Lease lease, TaskFailure failure, boolean late) {
        Fate fate = await(lane.tasks.fail(lease, failure, POLICY));
        assertThat(fate instanceof Fate.Stale).isEqualTo(late);
    }

    /** From here, with nothing but honest work and time, the video comes to its end. */
    void comesToAnEnd() {
        for (int round = 0; round < 20; round++) {
            Optional<Video> video = await(lane.videos.find(Lane.ID));
            if (video.isEmpty() || video.get().status().settled()) {
                return;
            }
            await(lane.videos.uploaded(Lane.ID, 1000));
            if (video.get().plan() == null) {
                lane.plan(PLAN);
            }
            lane.expire();
            topUp();
            for (TaskRow task : await(lane.tasks.tasks(Lane.ID))) {
                if (claim(task)) {
                    made(Objects.requireNonNull(leases.get(task.id().value())), task, false);
                }
            }
            List<TaskRow> rows = await(lane.tasks.tasks(Lane.ID));
            for (var row : await(lane.videos.find(Lane.ID)).orElseThrow().renditions()) {
                if (complete(rows, row.tier())) {
                    join(row.quality());
                }
            }
            lane.publish();
        }
        throw new AssertionError("it never came to an end: " + video());
    }

    private static boolean complete(List<TaskRow> rows, int tier) {
        List<TaskRow> chunks = rows.stream()
                .filter(task -> task.kind() == dev.rivulet.job.TaskKind.CHUNK && task.tier() == tier)
                .toList();
        return !chunks.isEmpty() && chunks.stream().allMatch(task -> task.state() == TaskState.DONE);
    }

    void join(String quality) {
        if (claimJoin(quality)) {
            await(lane.videos.joined(
                    Lane.ID, quality, Objects.requireNonNull(joins.get(quality)), new JoinedFigures(1, 1, "avc1", 1)));
        }
    }

    /** Makes the tasks whose name begins so. */
    void finish(String name) {
        topUp();
        for (TaskRow task : named(name)) {
            if (claim(task)) {
                made(Objects.requireNonNull(leases.get(task.id().value())), task, false);
            }
        }
    }

    void exhaust(String name) {
        for (int attempt = 0; attempt < POLICY.attempts(); attempt++) {
            topUp();
            for (TaskRow task : named(name)) {
                if (claim(task)) {
                    failed(Objects.requireNonNull(leases.get(task.id().value())), CRASH, false);
                }
            }
        }
    }

    private List<TaskRow> named(String name) {
        return await(lane.tasks.tasks(Lane.ID)).stream()
                .filter(task -> (task.kind() + "-" + task.tier()).startsWith(name))
                .toList();
    }
}
