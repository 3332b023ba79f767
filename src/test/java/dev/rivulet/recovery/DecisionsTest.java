package dev.rivulet.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.recovery.Decisions.InUse;
import dev.rivulet.recovery.Finding.Kind;
import dev.rivulet.recovery.Finding.Remedy;
import dev.rivulet.store.Extent;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.Upkeep.Aged;
import dev.rivulet.store.Video;
import dev.rivulet.store.WorkArea;
import dev.rivulet.store.WorkFiles.Item;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final Duration OLD = Duration.ofHours(2);
    private static final Duration YOUNG = Duration.ofMinutes(59);
    private static final Duration SILENCE = Duration.ofHours(24);
    private static final VideoId VIDEO = VideoId.random();
    private static final InUse NOTHING = new InUse(Set.of(), Map.of());

    private final Decisions decide = new Decisions(NOW, Duration.ofHours(1), SILENCE);

    @Test
    void aTasksFolderIsOrphanedOnlyWhenItsVeryLeaseIsNot() {
        Item folder = item(WorkArea.TASKS, "12-3-0123abcd", OLD);
        assertThat(decide.work(folder, new InUse(Set.of("12-3-0123abcd"), Map.of())))
                .isEmpty();
        Finding finding = decide.work(folder, new InUse(Set.of("12-4-ffff0000"), Map.of()))
                .orElseThrow();
        assertThat(finding.kind()).isEqualTo(Kind.ORPHANED_WORK);
        assertThat(finding.path()).isEqualTo("work/tasks/12-3-0123abcd");
        assertThat(finding.remedy()).isEqualTo(new Remedy.RemoveWork(folder));
        assertThat(finding.age()).isEqualTo(OLD);
        assertThat(finding.bytes()).isEqualTo(7);
        assertThat(finding.automatic()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(VideoStatus.class)
    void joinsAndLooksAreInUseWhileTheirVideoIsNotSettled(VideoStatus status) {
        InUse inUse = new InUse(Set.of(), Map.of(VIDEO, status));
        assertThat(decide.work(item(WorkArea.JOIN, VIDEO + "-144p", OLD), inUse).isPresent())
                .isEqualTo(status.settled());
        assertThat(decide.work(item(WorkArea.SEGMENT, VIDEO.toString(), OLD), inUse)
                        .isPresent())
                .isEqualTo(status.settled());
    }

    @ParameterizedTest
    @EnumSource(VideoStatus.class)
    void receivedBytesAreInUseWhileTheirVideoIsUploading(VideoStatus status) {
        assertThat(decide.work(item(WorkArea.UPLOADS, VIDEO + ".part", OLD), new InUse(Set.of(), Map.of(VIDEO, status)))
                        .isPresent())
                .isEqualTo(status != VideoStatus.UPLOADING);
    }

    @ParameterizedTest
    @EnumSource(WorkArea.class)
    void workOfAVideoWithoutARowIsOrphanedUnlessItIsYoung(WorkArea area) {
        String name =
                switch (area) {
                    case TASKS -> "1-1-00000000";
                    case JOIN -> VIDEO + "-720p";
                    case SEGMENT -> VIDEO.toString();
                    case UPLOADS -> VIDEO + ".part";
                };
        assertThat(decide.work(item(area, name, OLD), NOTHING).map(Finding::remedy))
                .contains(new Remedy.RemoveWork(item(area, name, OLD)));
        assertThat(decide.work(item(area, name, YOUNG), NOTHING)).isEmpty();
        assertThat(decide.work(item(area, name, Duration.ofHours(-5)), NOTHING)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(WorkArea.class)
    void namesThatWeDoNotMakeAreReportedAndNotTouched(WorkArea area) {
        Finding finding =
                decide.work(item(area, "holiday photos", OLD), NOTHING).orElseThrow();
        assertThat(finding.remedy()).isInstanceOf(Remedy.ByHand.class);
        assertThat(finding.automatic()).isFalse();
        assertThat(decide.foreign("holiday photos").remedy()).isInstanceOf(Remedy.ByHand.class);
    }

    @Test
    void bytesOfAKnownDeletionGoByThemselvesAndOthersOnRequest() {
        Finding known = decide.bytes(VIDEO, true, extent(OLD)).orElseThrow();
        Finding unknown = decide.bytes(VIDEO, false, extent(OLD)).orElseThrow();
        assertThat(known.automatic()).isTrue();
        assertThat(unknown.automatic()).isFalse();
        assertThat(List.of(known, unknown)).allSatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.BYTES_WITHOUT_ROW);
            assertThat(finding.remedy()).isEqualTo(new Remedy.RemoveBytes(VIDEO));
            assertThat(finding.path()).isEqualTo("media/" + VIDEO);
        });
        assertThat(decide.bytes(VIDEO, true, extent(YOUNG))).isEmpty();
        assertThat(decide.bytes(VIDEO, false, extent(YOUNG))).isEmpty();
    }

    @Test
    void anUploadIsAbandonedWhenNeitherRowNorFileMoves() {
        Aged silent = new Aged(VIDEO, SILENCE.plusHours(1));
        assertThat(decide.upload(silent, extent(SILENCE.minusSeconds(1)))).isEmpty();
        assertThat(decide.upload(silent, extent(SILENCE)).map(Finding::bytes)).contains(7L);
        Optional<Finding> without = decide.upload(silent, null);
        assertThat(without.map(Finding::remedy)).contains(new Remedy.Abandon(VIDEO));
        assertThat(without.map(Finding::age)).contains(SILENCE.plusHours(1));
    }

    @Test
    void aResumableUploadGoesByItsRowAlone() {
        Finding finding = decide.lapsed(new Aged(VIDEO, Duration.ofMinutes(1)), extent(Duration.ZERO));
        assertThat(finding.kind()).isEqualTo(Kind.EXPIRED_UPLOAD);
        assertThat(finding.path()).isEqualTo("work/uploads/" + VIDEO + ".part");
        assertThat(finding.remedy()).isEqualTo(new Remedy.Lapse(VIDEO));
        assertThat(finding.automatic()).isTrue();
        assertThat(finding.bytes()).isEqualTo(7);
        assertThat(decide.lapsed(new Aged(VIDEO, Duration.ZERO), null).bytes()).isZero();
    }

    @Test
    void ofAVideoThatCanBeWatchedPlaylistsAndFilesOfItsJoinedQualitiesAreNeeded() {
        Video video = video(Samples.plan(12), OLD, joined("144p"), failed("240p"));
        assertThat(Decisions.needed(video))
                .startsWith("master.m3u8", "144p/index.m3u8", "144p/init.mp4", "144p.mp4")
                .endsWith("poster.webp")
                .anyMatch(name -> name.matches("audio-\\d+k/index.m3u8"))
                .noneMatch(name -> name.startsWith("240p"));
        assertThat(Decisions.needed(video(Samples.plan(12), OLD, failed("144p"))))
                .isEmpty();
    }

    @Test
    void aMissingMasterIsWrittenAgainAndOtherLossesAreTold() {
        Video video = video(null, OLD, joined("144p"));
        assertThat(decide.row(video, List.of())).isEmpty();
        assertThat(decide.row(video, List.of("master.m3u8")).map(Finding::remedy))
                .contains(new Remedy.WriteMaster(video.id()));
        Finding lost = decide.row(video, List.of("master.m3u8", "144p.mp4")).orElseThrow();
        assertThat(lost.kind()).isEqualTo(Kind.ROW_WITHOUT_BYTES);
        assertThat(lost.remedy()).isInstanceOf(Remedy.ByHand.class);
        assertThat(lost.detail()).contains("master.m3u8, 144p.mp4", "upload it again");
        assertThat(decide.row(video, List.of("1", "2", "3", "4", "5", "6", "7"))
                        .orElseThrow()
                        .detail())
                .contains("5 and 2 more");
        assertThat(decide.row(video(null, YOUNG, joined("144p")), List.of("master.m3u8")))
                .isEmpty();
    }

    private static Item item(WorkArea area, String name, Duration age) {
        return new Item(area, name, extent(age));
    }

    private static Extent extent(Duration age) {
        return new Extent(7, NOW.minus(age));
    }

    private static RenditionRow joined(String quality) {
        return new RenditionRow(
                quality, 0, RenditionState.JOINED, List.of(0), new JoinedFigures(1, 1, "avc1.42c00c", 1), null);
    }

    private static RenditionRow failed(String quality) {
        return new RenditionRow(quality, 0, RenditionState.FAILED, List.of(), null, null);
    }

    private static Video video(@org.jspecify.annotations.Nullable MediaPlan plan, Duration age, RenditionRow... rows) {
        return new Video(
                VIDEO,
                "A film",
                null,
                "film.mp4",
                VideoStatus.PARTIAL,
                100,
                1,
                0,
                "local",
                0,
                true,
                true,
                false,
                plan,
                List.of(rows),
                null,
                true,
                9,
                NOW.minus(OLD),
                0,
                NOW.minus(OLD),
                NOW.minus(age));
    }
}
