package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.ResumableUpload.Kind;
import dev.rivulet.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of resumable uploads owes its callers; what it says to housekeeping is in {@link UpkeepContract}. */
public abstract class UploadStoreContract {
    private static final Duration LIFE = Duration.ofHours(1);

    protected abstract UploadStore uploads();

    /** The same rows, as another node sees them. */
    protected abstract UploadStore elsewhere();

    protected abstract VideoStore videos();

    @Test
    void anUploadIsReadAsItWasWritten() {
        VideoId id = whole(null);
        ResumableUpload upload = found(id);
        assertThat(upload.kind()).isEqualTo(Kind.WHOLE);
        assertThat(upload.status()).isEqualTo(VideoStatus.UPLOADING);
        assertThat(upload.length()).isNull();
        assertThat(upload.metadata()).isEqualTo("filename YQ==");
        assertThat(upload.here()).isTrue();
        assertThat(upload.expired()).isFalse();
        assertThat(upload.finished()).isFalse();
        assertThat(upload.expiry()).isAfter(Instant.now());
        assertThat(await(elsewhere().find(id)).orElseThrow().here()).isFalse();
        assertThat(await(uploads().unfinished()).stream().map(ResumableUpload::id))
                .contains(id);
        assertThat(await(elsewhere().unfinished())).isEmpty();
        assertThat(await(uploads().find(VideoId.random()))).isEmpty();
    }

    @Test
    void theLengthIsSaidOnceAndToTheVideoToo() {
        VideoId id = whole(null);
        assertThat(together(4, () -> uploads().declare(id, 77))).containsOnlyOnce(true);
        assertThat(found(id).length()).isEqualTo(77);
        assertThat(await(videos().find(id)).orElseThrow().fileSize()).isEqualTo(77);
    }

    @Test
    void anUploadIsProlongedAsLongAsItsVideoIsUploading() {
        VideoId id = whole(9L);
        assertThat(await(uploads().renew(id, LIFE.multipliedBy(3), 4L)).orElseThrow())
                .isAfter(Instant.now().plus(LIFE));
        assertThat(found(id).unverifiedFrom()).isEqualTo(4);
        await(uploads().renew(id, LIFE, null));
        assertThat(found(id).unverifiedFrom()).isNull();
        await(videos().uploaded(id, 9));
        assertThat(await(uploads().renew(id, LIFE, null))).isEmpty();
        assertThat(found(id).finished()).isTrue();
        assertThat(await(uploads().unfinished()).stream().map(ResumableUpload::id))
                .doesNotContain(id);
    }

    @Test
    void theRowGoesWithTheVideo() {
        VideoId id = whole(9L);
        await(videos().delete(id));
        assertThat(await(uploads().find(id))).isEmpty();
        assertThat(await(uploads().renew(id, LIFE, null))).isEmpty();
    }

    @Test
    void aResumableUploadIsNotAmongThoseThatAProcessLeftBehind() {
        NewVideo video = Samples.video();
        await(videos().create(video));
        VideoId resumable = whole(1L);
        assertThat(await(videos().arriving())).contains(video.id()).doesNotContain(resumable);
    }

    @Test
    void partsAreTakenOverOnceAllAreComplete() {
        VideoId first = part(4L);
        VideoId second = part(5L);
        VideoId id = whole(Kind.FINAL, 9L, List.of(second, first));
        assertThat(await(uploads().finalOf(List.of(second, first)))).contains(id);
        assertThat(await(uploads().finalOf(List.of(first, second)))).isEmpty();
        assertThat(await(uploads().finalsOf(first))).containsExactly(id);
        await(uploads().completed(first));
        assertThat(await(uploads().assemble(id))).isEmpty();
        await(uploads().completed(second));
        assertThat(await(elsewhere().assemble(id))).isEmpty();

        assertThat(together(4, () -> uploads().assemble(id))).hasSize(4).containsOnly(Optional.of(List.of(5L, 4L)));
        assertThat(await(uploads().all(List.of(first, second)))).isEmpty();
        assertThat(found(id).partLengths()).containsExactly(5L, 4L);
        assertThat(await(uploads().assemble(VideoId.random()))).isEmpty();
    }

    @Test
    void aPartIsCountedUntilItIsRemoved() {
        long before = await(uploads().parts());
        VideoId part = part(1L);
        assertThat(await(uploads().parts())).isEqualTo(before + 1);
        assertThat(await(uploads().removePart(part))).isTrue();
        assertThat(await(uploads().removePart(part))).isFalse();
        assertThat(await(uploads().removePart(whole(1L)))).isFalse();
        assertThat(await(uploads().parts())).isEqualTo(before);
    }

    private ResumableUpload found(VideoId id) {
        return await(uploads().find(id)).orElseThrow();
    }

    private VideoId part(Long length) {
        VideoId id = VideoId.random();
        await(uploads().create(new NewUpload(id, Kind.PARTIAL, length, "", List.of(), LIFE)));
        return id;
    }

    private VideoId whole(@Nullable Long length) {
        return whole(Kind.WHOLE, length, List.of());
    }

    private VideoId whole(Kind kind, @Nullable Long length, List<VideoId> parts) {
        NewVideo video = Samples.video();
        await(videos().create(video));
        await(uploads().create(new NewUpload(video.id(), kind, length, "filename YQ==", parts, LIFE)));
        return video.id();
    }
}
