package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.VideoStore.Wanted;
import dev.rivulet.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of videos owes those who leaf through them or search them. */
public abstract class VideoListContract {
    protected abstract VideoStore videos();

    @Test
    void pagesFollowEachOtherNewestFirstWhateverIsAdded() {
        List<VideoId> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(0, created());
        }
        VideoStore.VideoPage first = await(videos().list(Wanted.ALL, 3, null));
        created();
        VideoStore.VideoPage second = await(videos().list(Wanted.ALL, 3, first.next()));
        await(videos().delete(made.get(5)));
        VideoStore.VideoPage third = await(videos().list(Wanted.ALL, 100, second.next()));

        assertThat(first.items()).extracting(Video::id).containsExactlyElementsOf(made.subList(0, 3));
        assertThat(second.items()).extracting(Video::id).containsExactlyElementsOf(made.subList(3, 6));
        assertThat(third.items()).extracting(Video::id).startsWith(made.get(6));
        assertThat(third.next()).isNull();
    }

    @Test
    void aPageOfAStateHasOnlyThese() {
        created();
        VideoId first = planned();
        VideoId second = planned();
        await(videos().announce(first, Announcement.move("test", "ready", VideoStatus.READY, Map.of())));
        await(videos().announce(second, Announcement.move("test", "ready", VideoStatus.READY, Map.of())));

        VideoStore.VideoPage page = await(videos().list(Wanted.of(VideoStatus.READY, null), 1, null));
        assertThat(page.items()).extracting(Video::id).containsExactly(second);
        assertThat(page.items().get(0).renditions()).hasSize(4);
        assertThat(await(videos().list(Wanted.of(VideoStatus.READY, null), 1, page.next()))
                        .items())
                .extracting(Video::id)
                .containsExactly(first);
    }

    @Test
    void aPageOfWordsHasOnlyVideosThatHaveEachOfThemInTitleOrDescription() {
        VideoId harbour = named("The Harbour at Dawn", "fishing boats");
        VideoId night = named("HARBOUR by night", null);
        named("A mountain", "no boats");

        assertThat(found(null, "harbour")).containsExactly(night, harbour);
        assertThat(found(null, "  boats   dAwN ")).containsExactly(harbour);
        assertThat(found(null, "harbour mountain")).isEmpty();
        assertThat(found(VideoStatus.UPLOADING, "night")).containsExactly(night);
        assertThat(found(VideoStatus.READY, "night")).isEmpty();
        VideoStore.VideoPage page = await(videos().list(Wanted.of(null, "harbour"), 1, null));
        assertThat(await(videos().list(Wanted.of(null, "harbour"), 1, page.next()))
                        .items())
                .extracting(Video::id)
                .containsExactly(harbour);
    }

    @Test
    void whatIsSearchedForMeansItself() {
        VideoId percent = named("100% sure\\", null);
        VideoId line = named("under_score 'quoted'; --", null);
        named("1000 surely undertscore", null);

        assertThat(found(null, "100%")).containsExactly(percent);
        assertThat(found(null, "\\")).containsExactly(percent);
        assertThat(found(null, "r_s")).containsExactly(line);
        assertThat(found(null, "'quoted'; --")).containsExactly(line);
        assertThat(found(null, "sure\u0000")).isEmpty();
        assertThat(found(null, "{}")).isEmpty();
        assertThat(found(null, "x ".repeat(10_000))).isEmpty();
    }

    private List<VideoId> found(@Nullable VideoStatus status, String words) {
        return await(videos().list(Wanted.of(status, words), 100, null)).items().stream()
                .map(Video::id)
                .toList();
    }

    private VideoId named(String title, @Nullable String description) {
        VideoId id = created();
        await(videos().describe(id, title, description));
        return id;
    }

    @Test
    void whatWasNeverACursorIsRefused() {
        for (String hostile : List.of("", "x", "'; DROP TABLE videos; --", "aGVsbG8", "LTEv")) {
            assertThat(failure(videos().list(Wanted.ALL, 3, hostile))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private VideoId created() {
        NewVideo video = Samples.video();
        await(videos().create(video));
        return video.id();
    }

    private VideoId planned() {
        VideoId id = created();
        MediaPlan plan = Samples.plan(20);
        await(videos().uploaded(id, 1000));
        await(videos().plan(id, plan, NewTask.of(plan)));
        return id;
    }
}
