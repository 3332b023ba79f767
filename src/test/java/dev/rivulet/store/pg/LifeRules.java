package dev.rivulet.store.pg;

import static dev.rivulet.testing.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.Video;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What is always true of a video's rows. */
final class LifeRules {
    private LifeRules() {}

    /** What must hold in every state, and between two that follow each other. */
    static void check(Lane lane, LifeState before) {
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

    private static void compare(LifeState before, Video video, List<TaskRow> tasks) {
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
}
