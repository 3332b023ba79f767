package dev.rivulet.publish;

import static dev.rivulet.publish.Videos.encoding;
import static dev.rivulet.publish.Videos.failed;
import static dev.rivulet.publish.Videos.joined;
import static dev.rivulet.publish.Videos.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.publish.Publication.Extras;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Announcement.Mark;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.Video;
import dev.rivulet.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicationTest {
    private static final String MEDIA = "/media/" + Videos.ID + "/";

    @Test
    void aPlannedVideoIsBeingProcessed() {
        assertThat(stages(Videos.of(encoding("144p")), TaskState.WAITING, false))
                .containsExactly("processing");
    }

    @Test
    void allIsToldInOrder() {
        Video video = Videos.of(joined("144p"), joined("240p"), joined("720p"));

        assertThat(stages(video, TaskState.DONE, true))
                .containsExactly(
                        "processing",
                        "thumbnail_ready",
                        "previewable",
                        "playable",
                        "rendition_ready",
                        "rendition_ready",
                        "done");
    }

    @Test
    void eachThingIsToldUnderItsOwnKey() {
        List<Announcement> said =
                Publication.announcements(Videos.of(joined("144p"), joined("240p")), beside(TaskState.DONE), true);

        assertThat(said).extracting(Announcement::once).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void thePosterAndThePreviewAreMarkedAndLinked() {
        List<Announcement> said = Publication.announcements(Videos.of(encoding("144p")), beside(TaskState.DONE), true);

        assertThat(said.get(1).mark()).isEqualTo(Mark.POSTER);
        assertThat(said.get(1).fields()).isEqualTo(Map.of("url", MEDIA + "poster.webp"));
        assertThat(said.get(2).mark()).isEqualTo(Mark.PREVIEWABLE);
        assertThat(said.get(2).fields()).isEqualTo(Map.of("url", MEDIA + "preview.m3u8"));
    }

    @Test
    void playableIsTheLowestQualityAndTheVideoReady() {
        Announcement playable = Publication.announcements(
                        Videos.of(joined("144p"), encoding("240p")), beside(null), true)
                .get(2);

        assertThat(playable)
                .isEqualTo(Announcement.move(
                        "playable",
                        "rendition:144p",
                        VideoStatus.READY,
                        Map.of("quality", "144p", "url", MEDIA + "master.m3u8")));
    }

    @Test
    void nothingIsPlayableBeforeTheLowestQualityIsJoined() {
        for (RenditionRow lowest : List.of(encoding("144p"), joining("144p"))) {
            Video video = Videos.of(lowest, joined("240p"));

            assertThat(Publication.listed(video)).isEmpty();
            assertThat(stages(video, TaskState.DONE, false)).doesNotContain("playable", "rendition_ready");
        }
    }

    @Test
    void whenTheLowestQualityIsGivenUpTheNextOneIsPlayable() {
        Video video = Videos.of(failed("144p"), joined("240p"), encoding("360p"));

        assertThat(Publication.listed(video)).extracting(RenditionRow::quality).containsExactly("240p");
        assertThat(Publication.announcements(video, beside(TaskState.DONE), false))
                .anySatisfy(said -> {
                    assertThat(said.stage()).isEqualTo("playable");
                    assertThat(said.fields()).containsEntry("quality", "240p");
                })
                .noneMatch(said -> said.stage().equals("failed"));
    }

    @Test
    void onlyWhatIsJoinedIsListed() {
        Video video = Videos.of(joined("144p"), joining("240p"), failed("360p"), joined("480p"), encoding("720p"));

        assertThat(Publication.listed(video)).extracting(RenditionRow::quality).containsExactly("144p", "480p");
    }

    @Test
    void anUnplannedVideoHasNothingToTellOfItsEnd() {
        assertThat(Publication.listed(Videos.of())).isEmpty();
        assertThat(Publication.end(Videos.of(), beside(TaskState.DONE))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"WAITING", "QUEUED", "RUNNING"})
    void theEndWaitsForThePoster(TaskState poster) {
        assertThat(Publication.end(Videos.of(joined("144p")), beside(poster))).isEmpty();
        assertThat(Publication.end(Videos.of(joined("144p"), failed("240p")), beside(poster)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"DONE", "FAILED", "CANCELLED"})
    void aPosterThatFailedIsNoReasonNotToEnd(TaskState poster) {
        assertThat(Publication.end(Videos.of(joined("144p")), beside(poster)))
                .contains(Announcement.move("done", "done", VideoStatus.COMPLETED, Map.of()));
    }

    @Test
    void theEndWaitsForEveryQuality() {
        for (RenditionRow open : List.of(encoding("240p"), joining("240p"))) {
            assertThat(Publication.end(Videos.of(joined("144p"), open), beside(TaskState.DONE)))
                    .isEmpty();
            assertThat(Publication.end(Videos.of(failed("144p"), open), beside(TaskState.DONE)))
                    .isEmpty();
        }
    }

    @Test
    void withAFailedQualityTheVideoIsPartialAndSaysWhichAndWhy() {
        Video video = Videos.of(joined("144p"), failed("720p"), failed("1080p"));

        assertThat(Publication.end(video, beside(TaskState.DONE)))
                .contains(Announcement.failed(
                        VideoStatus.PARTIAL, new VideoError(ErrorCode.TIMED_OUT, "720p, 1080p: 720p took too long.")));
    }

    @Test
    void withoutAnyQualityTheVideoHasFailedWhateverThePosterDoes() {
        Optional<Announcement> end =
                Publication.end(Videos.of(failed("144p"), failed("240p")), beside(TaskState.RUNNING));

        assertThat(end.map(Announcement::status)).contains(VideoStatus.FAILED);
        assertThat(end.map(Announcement::stage)).contains("failed");
    }

    @Test
    void aFailureWithoutRecordedReasonHasACode() {
        RenditionRow bare = new RenditionRow("144p", 0, RenditionState.FAILED, List.of(), null, null);

        assertThat(Publication.end(Videos.of(bare), beside(null)).orElseThrow().error())
                .isEqualTo(new VideoError(ErrorCode.ENCODE_FAILED, "144p: No reason was recorded."));
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void theEndWaitsForTheSubtitlesUntilTheyAreMadeOrGivenUp(TaskState subtitles) {
        Extras extras = new Extras(TaskState.DONE, subtitles);

        assertThat(Publication.end(Videos.of(joined("144p")), extras).isPresent())
                .isEqualTo(subtitles.settled());
    }

    @Test
    void aQualityThatComesAfterARetryIsReadyNotPlayableAgain() {
        Video video = Videos.of(VideoStatus.READY, 50, joined("144p"), joined("240p"));

        assertThat(stages(video, TaskState.DONE, false).stream().filter(stage -> !stage.equals("done")))
                .containsExactly("processing", "thumbnail_ready", "rendition_ready", "rendition_ready");
        assertThat(Publication.announcements(video, beside(TaskState.DONE), false))
                .extracting(Announcement::once)
                .contains("rendition:144p", "rendition:240p");
    }

    @Test
    void noPlaylistOfAFailedQualityPromisesMore() {
        assertThat(Publication.misleading(Videos.of(joined("144p"), failed("240p"))))
                .containsExactly("240p/index.m3u8");
        assertThat(Publication.misleading(Videos.of(failed("144p"), joined("240p"))))
                .containsExactly("144p/index.m3u8", "preview.m3u8");
        assertThat(Publication.misleading(Videos.of(joined("144p")))).isEmpty();
    }

    @Test
    void ofAVideoThatHasFailedTheSoundEndsTooAndWhatIsMadeStays() {
        MediaPlan plan = Samples.plan(20);
        Video video = Videos.planned(plan, VideoStatus.FAILED, failed("144p"), failed("240p"));

        assertThat(Publication.misleading(video))
                .containsExactly(
                        "144p/index.m3u8",
                        "240p/index.m3u8",
                        "preview.m3u8",
                        plan.audio().get(0).folder() + "/index.m3u8",
                        plan.audio().get(1).folder() + "/index.m3u8",
                        plan.audio().get(2).folder() + "/index.m3u8",
                        plan.audio().get(3).folder() + "/index.m3u8");
    }

    private static Extras beside(@Nullable TaskState poster) {
        return new Extras(poster, null);
    }

    private static List<String> stages(Video video, TaskState poster, boolean preview) {
        return Publication.announcements(video, beside(poster), preview).stream()
                .map(Announcement::stage)
                .toList();
    }
}
