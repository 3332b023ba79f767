package dev.rivulet.store;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.Announcement.Mark;
import dev.rivulet.store.VideoStore.Described;
import dev.rivulet.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store of videos owes those who watch them. */
public abstract class UpdatesContract {
    protected abstract VideoStore videos();

    protected abstract TaskStore tasks();

    @Test
    void aNewTitleIsToldWithTheNextNumberAndTheSameOneIsNot() {
        NewVideo made = Samples.video();
        await(videos().create(made));
        VideoId id = made.id();
        Update update = await(videos().describe(id, "New", null))
                .flatMap(Described::update)
                .orElseThrow();
        assertThat(update.seq()).isEqualTo(1);
        assertThat(update.body().getString("stage")).isEqualTo("renamed");
        assertThat(update.body().getString("title")).isEqualTo("New");
        assertThat(await(videos().updatesAfter(id, 0))).contains(List.of(update));

        assertThat(await(videos().describe(id, "New", null)).flatMap(Described::update))
                .isEmpty();
        assertThat(await(videos().describe(id, null, "words"))
                        .flatMap(Described::update)
                        .map(Update::body))
                .hasValueSatisfying(
                        body -> assertThat(body.getString("description")).isEqualTo("words"));
    }

    @Test
    void ofARemovedVideoTheLastWordsAreKept() {
        NewVideo made = Samples.video();
        await(videos().create(made));
        VideoId id = made.id();
        await(videos().describe(id, "New", null));
        assertThat(await(videos().removal(id))).isEmpty();
        await(videos().delete(id));

        Update last = await(videos().removal(id)).orElseThrow();
        assertThat(last.seq()).isEqualTo(2);
        assertThat(last.body().getString("stage")).isEqualTo("deleted");
        assertThat(last.body().getString("status")).isEqualTo("UPLOADING");
        assertThat(await(videos().updatesAfter(id, 1))).isEmpty();
    }

    @Test
    void anUpdateIsThePublicMessage() {
        VideoId id = processing();
        Update update = said(id, Announcement.repeatable("processing", 12.5, Map.of("eta", 40)));

        assertThat(update.seq()).isEqualTo(1);
        assertThat(update.body().getMap())
                .containsEntry("type", "update")
                .containsEntry("videoId", id.toString())
                .containsEntry("stage", "processing")
                .containsEntry("status", "PROCESSING")
                .containsEntry("progress", 12.5)
                .containsEntry("quality", null)
                .containsEntry("url", null)
                .containsEntry("eta", 40)
                .doesNotContainKey("error");
        assertThat(update.body().getString("at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(await(videos().updatesAfter(id, 0))).hasValue(List.of(update));
        assertThat(found(id).progress()).isEqualTo(12.5);
        assertThat(found(id).seq()).isEqualTo(1);
    }

    @Test
    void manyAreToldInOneTransactionAsIfOneByOne() {
        VideoId one = processing();
        VideoId two = processing();
        VideoId ended = processing();
        said(two, Announcement.repeatable("processing", 30.0, Map.of()));
        said(ended, Announcement.failed(VideoStatus.FAILED, null));
        Announcement news = Announcement.repeatable("processing", 20.0, Map.of("eta", 40));

        List<Update> told = await(videos().tell(Map.of(one, news, two, news, ended, news, VideoId.random(), news)));

        assertThat(told).extracting(Update::video).containsExactlyInAnyOrder(one, two);
        told.forEach(update -> {
            assertThat(await(videos().updatesAfter(update.video(), update.seq() - 1)))
                    .hasValue(List.of(update));
            assertThat(update.body().getMap())
                    .containsEntry("stage", "processing")
                    .containsEntry("eta", 40);
        });
        assertThat(found(one).progress()).isEqualTo(20);
        assertThat(found(two).progress()).isEqualTo(30);
        assertThat(found(two).seq()).isEqualTo(2);
        assertThat(found(ended).seq()).isEqualTo(1);
        assertThat(await(videos().tell(Map.of()))).isEmpty();
    }

    @Test
    void manyTellersAtOnceLeaveNoGap() {
        VideoId one = processing();
        VideoId two = processing();
        Announcement news = Announcement.repeatable("processing", 20.0, Map.of());
        together(12, () -> videos().tell(Map.of(one, news, two, news)));
        assertThat(await(videos().updatesAfter(one, 0)).orElseThrow()).hasSize(12);
        assertThat(await(videos().updatesAfter(two, 0)).orElseThrow()).hasSize(12);
    }

    @Test
    void whatIsSaidOnceIsKnown() {
        VideoId id = processing();
        assertThat(await(videos().said(id))).isEmpty();
        said(id, Announcement.repeatable("processing", 1.0, Map.of()));
        said(id, Announcement.once("thumbnail_ready", "poster", Mark.POSTER, Map.of()));
        assertThat(await(videos().said(id))).containsExactly("poster");
        assertThat(await(videos().said(VideoId.random()))).isEmpty();
    }

    @Test
    void aKeyIsSaidOnceHoweverManySayIt() {
        VideoId id = processing();
        List<Optional<Update>> said = together(12, () -> videos().announce(
                        id,
                        Announcement.once("thumbnail_ready", "poster", Mark.POSTER, Map.of("url", "/poster.webp"))));
        assertThat(said.stream().filter(Optional::isPresent)).hasSize(1);
        assertThat(found(id).poster()).isTrue();
        assertThat(found(id).previewable()).isFalse();
        assertThat(found(id).seq()).isEqualTo(1);
    }

    @Test
    void numbersHaveNoGapsUnderConcurrency() {
        VideoId id = processing();
        AtomicInteger number = new AtomicInteger();
        together(40, () -> videos().announce(
                        id,
                        number.get() % 3 == 0
                                ? Announcement.once("s", "k" + number.incrementAndGet() % 4, Mark.NOTHING, Map.of())
                                : Announcement.repeatable("processing", (double) number.incrementAndGet(), Map.of())));
        List<Update> updates = await(videos().updatesAfter(id, 0)).orElseThrow();
        assertThat(updates)
                .extracting(Update::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, updates.size()).boxed().toList());
        assertThat(updates)
                .extracting(update -> update.body().getDouble("progress"))
                .isSorted();
    }

    @Test
    void progressNeverGoesDownWithinARun() {
        VideoId id = processing();
        said(id, Announcement.repeatable("processing", 40.0, Map.of()));
        assertThat(said(id, Announcement.repeatable("processing", 30.0, Map.of()))
                        .body()
                        .getDouble("progress"))
                .isEqualTo(40.0);
        said(id, Announcement.failed(VideoStatus.FAILED, null));
        assertThat(said(id, Announcement.move("processing", "again", VideoStatus.PROCESSING, Map.of()))
                        .body()
                        .getDouble("progress"))
                .isZero();
    }

    @Test
    void anIllegalMoveIsSilent() {
        VideoId id = processing();
        said(id, Announcement.move("playable", "playable", VideoStatus.READY, Map.of("quality", "144p")));
        assertThat(await(videos().announce(id, Announcement.failed(VideoStatus.FAILED, null))))
                .isEmpty();
        assertThat(await(videos().announce(id, Announcement.move("uploading", "u", VideoStatus.UPLOADING, Map.of()))))
                .isEmpty();
        assertThat(found(id).status()).isEqualTo(VideoStatus.READY);
        assertThat(found(id).seq()).isEqualTo(1);
    }

    @Test
    void aWholeVideoIsAtOneHundred() {
        VideoId id = processing();
        Update done = said(id, Announcement.move("done", "done", VideoStatus.COMPLETED, Map.of()));
        assertThat(done.body().getDouble("progress")).isEqualTo(100);
        assertThat(found(id).progress()).isEqualTo(100);
        assertThat(found(id).status()).isEqualTo(VideoStatus.COMPLETED);
    }

    @Test
    void aFailureSaysWhyAndARetryForgetsIt() {
        VideoId id = processing();
        VideoError error = new VideoError(ErrorCode.NOT_A_VIDEO, "This is \0 no video.");
        Update failed = said(id, Announcement.failed(VideoStatus.FAILED, error));
        assertThat(failed.body().getJsonObject("error").getString("code")).isEqualTo("not_a_video");
        assertThat(found(id).error()).isEqualTo(new VideoError(ErrorCode.NOT_A_VIDEO, "This is \uFFFD no video."));
        said(id, Announcement.move("processing", "again", VideoStatus.PROCESSING, Map.of()));
        assertThat(found(id).error()).isNull();
    }

    @Test
    void nothingIsLeftToDoForACancelledVideo() {
        VideoId id = processing();
        MediaPlan plan = Samples.plan(20);
        await(videos().plan(id, plan, NewTask.of(plan)));
        await(tasks().topUp(id, 8));
        said(id, Announcement.failed(VideoStatus.CANCELLED, null));
        assertThat(await(tasks().topUp(id, 8))).isEmpty();
        assertThat(await(tasks().tasks(id))).allMatch(task -> task.state().settled());
    }

    @Test
    void theNewestUpdatesAreKeptAndAGapIsAdmitted() {
        VideoId id = processing();
        said(id, Announcement.once("first", "first", Mark.NOTHING, Map.of()));
        for (int i = 2; i <= 250; i++) {
            said(id, Announcement.repeatable("processing", null, Map.of("n", i)));
        }
        assertThat(await(videos().updatesAfter(id, 0))).isEmpty();
        assertThat(await(videos().updatesAfter(id, 49))).isEmpty();
        assertThat(await(videos().updatesAfter(id, 50)).orElseThrow()).hasSize(200);
        assertThat(await(videos().updatesAfter(id, 248)).orElseThrow())
                .extracting(Update::seq)
                .containsExactly(249L, 250L);
        assertThat(await(videos().updatesAfter(id, 250)).orElseThrow()).isEmpty();
        assertThat(await(videos().updatesAfter(id, 251))).isEmpty();
        assertThat(await(videos().announce(id, Announcement.once("first", "first", Mark.NOTHING, Map.of()))))
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfAnUnknownVideo() {
        assertThat(await(videos().announce(VideoId.random(), Announcement.repeatable("processing", 1.0, Map.of()))))
                .isEmpty();
    }

    private VideoId processing() {
        NewVideo video = Samples.video();
        await(videos().create(video));
        await(videos().uploaded(video.id(), 1000));
        return video.id();
    }

    private Video found(VideoId id) {
        return await(videos().find(id)).orElseThrow();
    }

    private Update said(VideoId id, Announcement announcement) {
        return await(videos().announce(id, announcement)).orElseThrow();
    }
}
