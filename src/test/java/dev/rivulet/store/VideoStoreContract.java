package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static dev.rivulet.testing.Futures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of videos owes its callers; what it says about updates is in {@link UpdatesContract}. */
public abstract class VideoStoreContract {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final JoinedFigures FIGURES = new JoinedFigures(120_000, 90_000, "avc1.42c00b", 777);
    private static final VideoError ERROR = new VideoError(ErrorCode.ENCODE_FAILED, "Encoding failed.");

    protected abstract VideoStore videos();

    @Test
    void aNewVideoIsUploading() {
        NewVideo made = Samples.video("Grüße \uD83C\uDFAC", 3);
        await(videos().create(made));

        Video video = found(made.id());
        assertThat(video.title()).isEqualTo("Grüße \uD83C\uDFAC");
        assertThat(video.status()).isEqualTo(VideoStatus.UPLOADING);
        assertThat(video.priority()).isEqualTo(3);
        assertThat(video.fileName()).isEqualTo("film.mp4");
        assertThat(video.plan()).isNull();
        assertThat(video.renditions()).isEmpty();
        assertThat(video.processingSince()).isNull();
        assertThat(video.seq()).isZero();
    }

    @Test
    void aVideoIsCreatedOnce() {
        NewVideo made = Samples.video();
        await(videos().create(made));
        assertThat(failure(videos().create(made))).isNotNull();
    }

    @Test
    void anUnknownVideoIsNotThere() {
        VideoId nobody = VideoId.random();
        assertThat(await(videos().find(nobody))).isEmpty();
        assertThat(await(videos().uploaded(nobody, 1))).isFalse();
        assertThat(await(videos().describe(nobody, "x", null))).isEmpty();
        assertThat(await(videos().plan(nobody, Samples.plan(5), List.of()))).isFalse();
        assertThat(await(videos().delete(nobody))).isFalse();
    }

    @Test
    void anUploadIsDurableOnce() {
        VideoId id = created();
        assertThat(await(videos().uploaded(id, 4711))).isTrue();
        assertThat(await(videos().uploaded(id, 4711))).isFalse();

        Video video = found(id);
        assertThat(video.status()).isEqualTo(VideoStatus.PROCESSING);
        assertThat(video.fileSize()).isEqualTo(4711);
        assertThat(video.processingSince()).isNotNull();
    }

    @Test
    void aCharacterThatCannotBeStoredIsReplaced() {
        VideoId id = created();
        Video video = await(videos().describe(id, "a\0b", "c\0")).orElseThrow().video();
        assertThat(video.title()).isEqualTo("a\uFFFDb");
    }

    @Test
    void describingChangesWhatIsGiven() {
        VideoId id = created();
        await(videos().describe(id, "First", "words"));
        Video video = await(videos().describe(id, null, "others")).orElseThrow().video();
        assertThat(video.title()).isEqualTo("First");
        assertThat(video.description()).isEqualTo("others");
    }

    @Test
    void aPlanIsWrittenOnce() {
        VideoId id = created();
        MediaPlan plan = Samples.plan(20);
        assertThat(await(videos().plan(id, plan, NewTask.of(plan)))).isFalse();
        await(videos().uploaded(id, 1));

        assertThat(together(8, () -> videos().plan(id, plan, NewTask.of(plan))))
                .containsOnlyOnce(true)
                .hasSize(8);
        Video video = found(id);
        MediaPlan stored = Objects.requireNonNull(video.plan());
        assertThat(stored.grid()).isEqualTo(plan.grid());
        assertThat(stored.chunks()).isEqualTo(plan.chunks());
        assertThat(stored.renditions()).isEqualTo(plan.renditions());
        assertThat(video.renditions())
                .extracting(RenditionRow::quality)
                .containsExactly("144p", "240p", "360p", "720p");
        assertThat(video.renditions()).extracting(RenditionRow::tier).containsExactly(0, 1, 1, 2);
        assertThat(video.renditions()).extracting(RenditionRow::state).containsOnly(RenditionState.ENCODING);
    }

    @Test
    void oneJoinerWins() {
        VideoId id = planned();
        assertThat(together(10, () -> videos().claimJoin(id, "144p", LEASE)).stream()
                        .filter(Optional::isPresent))
                .hasSize(1);
        assertThat(rendition(id, "144p").state()).isEqualTo(RenditionState.JOINING);
    }

    @Test
    void aJoinedQualityHasFiguresAndIsFinal() {
        VideoId id = planned();
        UUID token = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        assertThat(await(videos().joined(id, "144p", UUID.randomUUID(), FIGURES)))
                .isFalse();
        assertThat(await(videos().joined(id, "144p", token, FIGURES))).isTrue();
        assertThat(await(videos().joined(id, "144p", token, FIGURES))).isFalse();
        await(videos().failQualities(id, List.of("144p", "240p"), ERROR));

        assertThat(rendition(id, "144p").joined()).isEqualTo(FIGURES);
        assertThat(rendition(id, "144p").error()).isNull();
        assertThat(rendition(id, "240p").state()).isEqualTo(RenditionState.FAILED);
        assertThat(rendition(id, "240p").error()).isEqualTo(ERROR);
        assertThat(rendition(id, "720p").state()).isEqualTo(RenditionState.ENCODING);
        assertThat(await(videos().claimJoin(id, "144p", LEASE))).isEmpty();
        assertThat(await(videos().claimJoin(id, "240p", LEASE))).isEmpty();
    }

    @Test
    void aMasterIsThereOnlyWhenItWasPublishedAndNotFromTheJoinOn() {
        VideoId id = planned();
        UUID token = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        await(videos().joined(id, "144p", token, FIGURES));
        assertThat(found(id).hasMaster()).isFalse();

        await(videos().announce(id, Announcement.move("playable", "rendition:144p", VideoStatus.READY, Map.of())));
        assertThat(found(id).hasMaster()).isTrue();
        await(videos().announce(id, Announcement.move("failed", "end", VideoStatus.CANCELLED, Map.of())));
        assertThat(found(id).hasMaster()).isFalse();
    }

    @Test
    void anExpiredJoinBelongsToTheNextOne() {
        VideoId id = planned();
        UUID late = await(videos().claimJoin(id, "144p", Duration.ZERO)).orElseThrow();
        UUID next = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        assertThat(await(videos().joined(id, "144p", late, FIGURES))).isFalse();
        assertThat(await(videos().joined(id, "144p", next, FIGURES))).isTrue();
    }

    @Test
    void aReleasedJoinMayBeTriedAtOnce() {
        VideoId id = planned();
        UUID token = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        await(videos().releaseJoin(id, "144p", token));
        assertThat(await(videos().claimJoin(id, "144p", LEASE))).isPresent();
    }

    @Test
    void aCancelledVideoIsNotJoined() {
        VideoId id = planned();
        UUID token = await(videos().claimJoin(id, "144p", LEASE)).orElseThrow();
        await(videos().announce(id, Announcement.failed(VideoStatus.CANCELLED, null)));
        assertThat(await(videos().joined(id, "144p", token, FIGURES))).isFalse();
        assertThat(await(videos().claimJoin(id, "240p", LEASE))).isEmpty();
    }

    @Test
    void theUnsettledAreLookedAfterOldestFirst() {
        VideoId uploading = created();
        VideoId processing = planned();
        VideoId cancelled = planned();
        await(videos().announce(cancelled, Announcement.failed(VideoStatus.CANCELLED, null)));
        assertThat(pending()).containsSubsequence(processing, cancelled).doesNotContain(uploading);

        await(videos().tidied(cancelled, VideoStatus.CANCELLED));

        assertThat(pending()).contains(processing).doesNotContain(cancelled);
    }

    private List<VideoId> pending() {
        return await(videos().pending()).stream().map(VideoStore.Pending::id).toList();
    }

    @Test
    void whatIsNotSettledIsUnderWay() {
        long before = await(videos().underWay());
        VideoId cancelled = planned();
        created();
        assertThat(await(videos().underWay())).isEqualTo(before + 2);
        await(videos().announce(cancelled, Announcement.failed(VideoStatus.CANCELLED, null)));
        assertThat(await(videos().underWay())).isEqualTo(before + 1);
    }

    @Test
    void viewsAreCounted() {
        VideoId id = created();
        VideoId other = created();
        together(5, () -> videos().viewed(Map.of(id, 2, other, 1, VideoId.random(), 3))
                .map(true));
        assertThat(found(id).views()).isEqualTo(10);
        assertThat(found(other).views()).isEqualTo(5);
    }

    @Test
    void aDeletedVideoIsGoneWithAllThatBelongsToIt() {
        VideoId id = planned();
        await(videos().announce(id, Announcement.repeatable("processing", 5.0, Map.of())));
        assertThat(await(videos().delete(id))).isTrue();
        assertThat(await(videos().delete(id))).isFalse();
        assertThat(await(videos().find(id))).isEmpty();
        assertThat(await(videos().updatesAfter(id, 0))).isEmpty();
    }

    protected final VideoId created() {
        NewVideo video = Samples.video();
        await(videos().create(video));
        return video.id();
    }

    protected final VideoId planned() {
        VideoId id = created();
        MediaPlan plan = Samples.plan(20);
        await(videos().uploaded(id, 1000));
        await(videos().plan(id, plan, NewTask.of(plan)));
        return id;
    }

    protected final Video found(VideoId id) {
        return await(videos().find(id)).orElseThrow();
    }

    private RenditionRow rendition(VideoId id, String quality) {
        return found(id).renditions().stream()
                .filter(row -> row.quality().equals(quality))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theOutlineIsTheVideoWithoutItsFinishedChunks() {
        MediaPlan plan = Samples.plan(20);
        VideoId id = created();
        await(videos().uploaded(id, 1000));
        assertThat(await(videos().outline(id))).isEqualTo(await(videos().find(id)));
        await(videos().plan(id, plan, NewTask.of(plan)));
        assertThat(await(videos().outline(id))).isEqualTo(await(videos().find(id)));
        // The plan is not read again, and yet the same.
        assertThat(await(videos().outline(id))).isEqualTo(await(videos().find(id)));
        assertThat(await(videos().outline(VideoId.random()))).isEmpty();
    }
}
