package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewTaskTest {
    private static final MediaPlan PLAN =
            Sources.of(1920, 1080).lasting("9").sound("0", "9").plan();

    @Test
    void whatThePreviewWaitsForComesFirstThenTierByTier() {
        assertThat(NewTask.of(PLAN))
                .extracting(task -> task.taskClass() + " " + task.kind() + " " + task.tier() + "/" + task.chunk())
                .containsExactly(
                        "PREVIEW CHUNK 0/0",
                        "PREVIEW AUDIO 1/0",
                        "PREVIEW POSTER 0/0",
                        "LOWEST CHUNK 0/1",
                        "MIDDLE CHUNK 1/0",
                        "MIDDLE AUDIO 2/0",
                        "MIDDLE CHUNK 1/1",
                        "TOP CHUNK 2/0",
                        "TOP CHUNK 2/1");
    }

    @Test
    void theOtherSoundIsAsUrgentAsTheFirstTierThatWaitsForIt() {
        assertThat(NewTask.of(Samples.twoLowestTogether(20)))
                .filteredOn(task -> task.kind() == TaskKind.AUDIO)
                .extracting(NewTask::taskClass)
                .containsExactly(TaskClass.PREVIEW, TaskClass.LOWEST);
        assertThat(NewTask.of(Samples.plan(20)))
                .filteredOn(task -> task.kind() == TaskKind.AUDIO)
                .extracting(NewTask::taskClass)
                .containsExactly(TaskClass.PREVIEW, TaskClass.MIDDLE);
    }

    @Test
    void withoutSoundThereIsNoSoundTask() {
        assertThat(NewTask.of(Sources.of(320, 180).lasting("1").plan()))
                .extracting(NewTask::kind)
                .containsExactly(TaskKind.CHUNK, TaskKind.POSTER);
    }

    @Test
    void noPreviewWaitsForSubtitles() {
        assertThat(NewTask.of(
                        Sources.of(320, 180).subtitles("deu", null, true, false).plan()))
                .filteredOn(task -> task.kind() == TaskKind.SUBTITLES)
                .singleElement()
                .extracting(NewTask::taskClass)
                .isEqualTo(TaskClass.LOWEST);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, PREVIEW",
        "1, 0, 1, LOWEST",
        "0, 1, 2, TOP",
        "0, 1, 3, MIDDLE",
        "5, 1, 3, MIDDLE",
        "0, 2, 3, TOP",
        "9, 4, 5, TOP",
        "9, 3, 5, MIDDLE"
    })
    void theTierDecidesTheClassOfAChunk(int chunk, int tier, int tiers, TaskClass expected) {
        assertThat(TaskClass.ofChunk(chunk, tier, tiers)).isEqualTo(expected);
    }

    @Test
    void weightsGrowWithPixelsPresetsAndFrames() {
        List<NewTask> tasks = NewTask.of(PLAN);

        assertThat(tasks).allMatch(task -> task.weight() >= 1);
        assertThat(weight(tasks, 0, 1)).isEqualTo(2 * weight(tasks, 0, 0));
        assertThat(weight(tasks, 1, 0)).isGreaterThan(5 * weight(tasks, 0, 0));
        assertThat(weight(tasks, 2, 0)).isGreaterThan(5 * weight(tasks, 1, 0));
    }

    @Test
    void everyTrackOfSoundWeighs() {
        MediaPlan two = Sources.of(320, 180).sound("0", "60").sound("0", "60").plan();
        MediaPlan one = Sources.of(320, 180).sound("0", "60").plan();

        assertThat(audio(two)).isEqualTo(2 * audio(one));
    }

    private static long weight(List<NewTask> tasks, int tier, int chunk) {
        return tasks.stream()
                .filter(task -> task.kind() == TaskKind.CHUNK && task.tier() == tier && task.chunk() == chunk)
                .findFirst()
                .orElseThrow()
                .weight();
    }

    private static long audio(MediaPlan plan) {
        return NewTask.of(plan).stream()
                .filter(task -> task.kind() == TaskKind.AUDIO)
                .mapToLong(NewTask::weight)
                .sum();
    }
}
