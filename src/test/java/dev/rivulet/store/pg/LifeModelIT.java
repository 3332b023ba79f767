package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.testing.BesideOthers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
@BesideOthers
class LifeModelIT {
    private static final int LENGTH = Integer.getInteger("model.length", 6);
    private static final int LANES = 4;

    @TempDir
    Path folder;

    private final Map<String, Boolean> seen = new ConcurrentHashMap<>();

    @Test
    void whateverHappensInWhateverOrderTheRowsStayTrueAndTheVideoComesToAnEnd()
            throws ExecutionException, InterruptedException {
        List<Lane> lanes = IntStream.range(0, LANES)
                .mapToObj(lane -> new Lane(folder.resolve("lane-" + lane)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            List<LifeState> level = starts(lanes.get(0));
            for (int event = 0; event < LENGTH; event++) {
                ConcurrentLinkedQueue<LifeState> work = new ConcurrentLinkedQueue<>(level);
                ConcurrentLinkedQueue<LifeState> next = new ConcurrentLinkedQueue<>();
                List<Future<?>> done = new ArrayList<>();
                for (Lane lane : lanes) {
                    done.add(threads.submit(() -> {
                        for (LifeState state = work.poll(); state != null; state = work.poll()) {
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
    private List<LifeState> starts(Lane lane) {
        List<LifeState> starts = new ArrayList<>();
        for (MediaPlan plan : List.of(LifeRun.PLAN, LifeRun.PLAN.sequential())) {
            lane.restore(new Lane.Rows(List.of("[]", "[]", "[]", "[]", "[]")));
            lane.begin();
            starts.add(state(lane, "uploading"));
            await(lane.videos.uploaded(Lane.ID, 1000));
            starts.add(state(lane, "uploaded"));
            lane.plan(plan);
            LifeRun run = new LifeRun(lane, state(lane, "planned"));
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
            LifeState ready = run.state("ready");
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
        for (LifeState start : starts) {
            seen.put(start.key(), true);
        }
        return starts;
    }

    private static LifeState state(Lane lane, String name) {
        return new LifeState(lane.rows(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(name));
    }

    private void expand(Lane lane, LifeState state, ConcurrentLinkedQueue<LifeState> next) {
        LifeRun run = new LifeRun(lane, state);
        run.restore(state);
        for (Map.Entry<String, LifeRun.Event> event : run.events().entrySet()) {
            run.restore(state);
            String before = state.key();
            try {
                event.getValue().happen(run);
                LifeState after = run.state(event.getKey());
                String key = after.key();
                if (event.getKey().startsWith("late ")) {
                    assertThat(key).as("what comes late changes nothing").isEqualTo(before);
                }
                LifeRules.check(lane, state);
                if (seen.putIfAbsent(key, true) == null) {
                    next.add(after);
                    run.comesToAnEnd();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("after " + state.path() + " and " + event.getKey(), e);
            }
        }
    }
}
