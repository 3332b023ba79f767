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
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore.Fate;
import dev.rivulet.store.TaskStore.Finish;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.Video;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Sources;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a video against the real database: from every state, every sequence of events up to a length, among them
 * messages that are doubled, late or never come. What happens depends on the rows alone, so sequences that lead to the same
 * rows are followed once.
 */
class LifeModelIT {
    private static final int LENGTH = Integer.getInteger("model.length", 6);
    private static final int LANES = 4;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final RetryPolicy POLICY = new RetryPolicy(2);
    private static final TaskFailure CRASH = new TaskFailure(FailureKind.TOOL, "exit 1", "");
    private static final TaskFailure LOST = new TaskFailure(FailureKind.LOST, "away", "");
    private static final VideoError ERROR = new VideoError(ErrorCode.ENCODE_FAILED, "It broke.");
    private static final MediaPlan PLAN = Sources.of(426, 240).lasting("5").plan();

    @TempDir
    Path folder;

    private final Map<String, Boolean> seen = new ConcurrentHashMap<>();

    /**
     * The rows, and what workers hold: the last right that was given, and the one before it, which is late.
     *
     * @param path how it was reached, for people
     */
    private record State(
            Lane.Rows rows,
            Map<Long, Lease> leases,
            Map<Long, Lease> lateLeases,
            Map<String, UUID> joins,
            Map<String, UUID> lateJoins,
            List<String> path) {}

    /** One thing that happens. */
    private interface Event {
        void happen(Run run);
    }

    @Test
    void whateverHappensInWhateverOrderTheRowsStayTrueAndTheVideoComesToAnEnd()
            throws ExecutionException, InterruptedException {
        List<Lane> lanes = IntStream.range(0, LANES)
                .mapToObj(lane -> new Lane(folder.resolve("lane-" + lane)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            List<State> level = starts(lanes.get(0));
            for (int event = 0; event < LENGTH; event++) {
                ConcurrentLinkedQueue<State> work = new ConcurrentLinkedQueue<>(level);
                ConcurrentLinkedQueue<State> next = new ConcurrentLinkedQueue<>();
                List<Future<?>> done = new ArrayList<>();
                for (Lane lane : lanes) {
                    done.add(threads.submit(() -> {
                        for (State state = work.poll(); state != null; state = work.poll()) {
                            expand(lane, state, next);
                        }
                    }));
                }
                for (Future<?> one : done) {
                    one.get();
                }
                level = List.copyOf(next);
            }
            System.out.println("states of a video's life that were looked at: " + seen.size());
            assertThat(seen.size()).isGreaterThan(500);
        } finally {
            threads.shutdownNow();
            lanes.forEach(Lane::close);
        }
    }

    /** The states that everything begins from, one for each status and two ways of reading the source. */
    private List<State> starts(Lane lane) {
        List<State> starts = new ArrayList<>();
        for (MediaPlan plan : List.of(PLAN, PLAN.sequential())) {
            lane.restore(new Lane.Rows(List.of("[]", "[]", "[]", "[]", "[]")));
            lane.begin();
            starts.add(state(lane, "uploading"));
            await(lane.videos.uploaded(Lane.ID, 1000));
            starts.add(state(lane, "uploaded"));
            lane.plan(plan);
            Run run = new Run(lane, state(lane, "planned"));
            run.finish("POSTER");
            starts.add(run.state("planned"));
            run.finish("MEZZANINE");
            lane.endPauses();
            await(lane.tasks.topUp(Lane.ID, 100));
            starts.add(run.state("queued"));
            run.finish("CHUNK-0");
            run.join("144p");
            lane.publish();
            starts.add(run.state("ready"));
            State ready = run.state("ready");
            run.finish("CHUNK-1");
            run.join("240p");
            lane.publish();
            starts.add(run.state("completed"));
            run.restore(ready);
            run.exhaust("CHUNK-1");
            run.finish("MEZZANINE");
            run.exhaust("CHUNK-1");
            lane.publish();
            assertThat(run.video().status()).isEqualTo(VideoStatus.PARTIAL);
            starts.add(run.state("partial"));
        }
        for (State start : starts) {
            seen.put(key(start), true);
        }
        return starts;
    }

    private static State state(Lane lane, String name) {
        return new State(lane.rows(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(name));
    }

    private void expand(Lane lane, State state, ConcurrentLinkedQueue<State> next) {
        Run run = new Run(lane, state);
        run.restore(state);
        for (Map.Entry<String, Event> event : run.events().entrySet()) {
            run.restore(state);
            String before = key(state);
            try {
                event.getValue().happen(run);
                State after = run.state(event.getKey());
                String key = key(after);
                if (event.getKey().startsWith("late ")) {
                    assertThat(key).as("what comes late changes nothing").isEqualTo(before);
                }
                run.check(state);
                if (seen.putIfAbsent(key, true) == null) {
                    next.add(after);
                    run.comesToAnEnd();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("after " + state.path() + " and " + event.getKey(), e);
            }
        }
    }

    /** What the future depends on: rows without times and numbers that only count. */
    private static String key(State state) {
        StringBuilder key = new StringBuilder();
        for (Object row : new JsonArray(state.rows().tables().get(0))) {
            JsonObject video = (JsonObject) row;
            key.append(video.getString("status"))
                    .append(video.getBoolean("tidied"))
                    .append(video.getBoolean("previewable"))
                    .append(video.getString("error_code"))
                    .append(Objects.toString(video.getValue("plan")).hashCode());
        }
        Map<String, String> rows = new TreeMap<>();
        for (Object row : new JsonArray(state.rows().tables().get(1))) {
            JsonObject of = (JsonObject) row;
            String token = of.getString("join_token");
            String quality = of.getString("quality");
            rows.put(
                    quality,
                    of.getString("state")
                            + of.getInteger("tier")
                            + of.getInteger("join_failures")
                            + of.getBoolean("remade")
                            + (of.getString("join_after") == null)
                            + held(token, state.joins().get(quality))
                            + held(token, state.lateJoins().get(quality)));
        }
        for (Object row : new JsonArray(state.rows().tables().get(2))) {
            JsonObject of = (JsonObject) row;
            String token = of.getString("lease_token");
            Lease last = state.leases().get(of.getLong("id"));
            Lease late = state.lateLeases().get(of.getLong("id"));
            rows.put(
                    of.getString("kind") + of.getInteger("tier"),
                    of.getString("state")
                            + of.getInteger("failures")
                            + of.getInteger("segments")
                            + held(token, last == null ? null : last.token())
                            + held(token, late == null ? null : late.token()));
        }
        for (Object row : new JsonArray(state.rows().tables().get(4))) {
            String once = ((JsonObject) row).getString("once_key");
            if (once != null) {
                rows.put("said " + once, "");
            }
        }
        return key.append(rows).toString();
    }

    private static String held(String token, UUID right) {
        return right == null ? "-" : right.toString().equals(token) ? "+" : "o";
    }

    /** A lane on its way from one state to the next. */
    private static final class Run {
        private final Lane lane;
        private Map<Long, Lease> leases = new HashMap<>();
        private Map<Long, Lease> lateLeases = new HashMap<>();
        private Map<String, UUID> joins = new HashMap<>();
        private Map<String, UUID> lateJoins = new HashMap<>();
        private List<String> path = List.of();

        Run(Lane lane, State state) {
            this.lane = lane;
            remember(state);
        }

        void restore(State state) {
            lane.restore(state.rows());
            remember(state);
        }

        private void remember(State state) {
            leases = new HashMap<>(state.leases());
            lateLeases = new HashMap<>(state.lateLeases());
            joins = new HashMap<>(state.joins());
            lateJoins = new HashMap<>(state.lateJoins());
            path = state.path();
        }

        State state(String event) {
            List<String> longer = new ArrayList<>(path);
            longer.add(event);
            return new State(
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

        private void right(
                String old, String name, Lease lease, String token, TaskRow task, Map<String, Event> events) {
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
            events.put(
                    old + quality + " not joined",
                    run -> await(lane.videos.joinFailed(Lane.ID, quality, token, ERROR)));
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
                        case MEZZANINE ->
                            new TaskResult.MezzanineMade(plan.grid().frames());
                        case AUDIO, SUBTITLES, POSTER -> new TaskResult.PosterMade(1);
                    };
            Finish finish = await(lane.tasks.finish(lease, result, POLICY));
            assertThat(finish instanceof Finish.Stale).isEqualTo(late);
        }

        void failed(Lease lease, TaskFailure failure, boolean late) {
            Fate fate = await(lane.tasks.fail(lease, failure, POLICY));
            assertThat(fate instanceof Fate.Stale).isEqualTo(late);
        }

        /** What must hold in every state, and between two that follow each other. */
        void check(State before) {
            Optional<Video> found = await(lane.videos.find(Lane.ID));
            if (found.isEmpty()) {
                assertThat(lane.rows().tables()).containsOnly("[]");
                return;
            }
            Video video = found.get();
            List<TaskRow> tasks = await(lane.tasks.tasks(Lane.ID));
            List<RenditionState> states =
                    video.renditions().stream().map(row -> row.state()).toList();
            if (video.status().settled()) {
                assertThat(tasks).as("nothing runs for a settled video").allMatch(task -> task.state()
                        .settled());
            }
            switch (video.status()) {
                case COMPLETED -> assertThat(states).isNotEmpty().containsOnly(RenditionState.JOINED);
                case PARTIAL ->
                    assertThat(states)
                            .contains(RenditionState.JOINED, RenditionState.FAILED)
                            .doesNotContain(RenditionState.ENCODING, RenditionState.JOINING);
                case FAILED -> assertThat(states).doesNotContain(RenditionState.JOINED);
                case READY -> assertThat(states).contains(RenditionState.JOINED);
                case UPLOADING -> assertThat(states).isEmpty();
                case PROCESSING, CANCELLED -> assertThat(video.progress()).isLessThan(100);
            }
            var updates = await(lane.videos.updatesAfter(Lane.ID, 0)).orElseThrow();
            assertThat(updates).extracting(update -> update.seq()).isSorted().doesNotHaveDuplicates();
            assertThat(updates).hasSize((int) video.seq());
            compare(before, video, tasks);
        }

        private void compare(State before, Video video, List<TaskRow> tasks) {
            JsonArray videos = new JsonArray(before.rows().tables().get(0));
            if (videos.isEmpty()) {
                return;
            }
            VideoStatus was = VideoStatus.valueOf(videos.getJsonObject(0).getString("status"));
            assertThat(was == video.status() || was.mayBecome(video.status()))
                    .as("%s to %s", was, video.status())
                    .isTrue();
            if (video.status() != VideoStatus.CANCELLED) {
                for (Object row : new JsonArray(before.rows().tables().get(1))) {
                    JsonObject rendition = (JsonObject) row;
                    if (rendition.getString("state").equals("JOINED")) {
                        assertThat(video.renditions())
                                .as("what can be watched stays watchable")
                                .anyMatch(now -> now.quality().equals(rendition.getString("quality"))
                                        && now.state() == RenditionState.JOINED);
                    }
                }
            }
            boolean remade = video.renditions().stream().anyMatch(row -> row.state() == RenditionState.ENCODING)
                    && !before.joins().isEmpty();
            for (Object row : new JsonArray(before.rows().tables().get(2))) {
                JsonObject task = (JsonObject) row;
                if (task.getString("kind").equals("CHUNK")
                        && task.getString("state").equals("DONE")
                        && !remade) {
                    assertThat(tasks)
                            .as("what is made is not made again")
                            .anyMatch(now -> now.id().value() == task.getLong("id") && now.state() == TaskState.DONE);
                }
            }
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
                        Lane.ID,
                        quality,
                        Objects.requireNonNull(joins.get(quality)),
                        new JoinedFigures(1, 1, "avc1", 1)));
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
}
