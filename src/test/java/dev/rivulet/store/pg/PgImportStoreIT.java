package dev.rivulet.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.EarlySource.Part;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.ArrivalStore;
import dev.rivulet.store.ArrivalStore.Unplanned;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.PendingImport;
import dev.rivulet.store.PendingImport.Arrived;
import dev.rivulet.store.Validator;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.Samples;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgImportStoreIT {
    private static final String URL = "https://example.com/film.mp4?signature=secret";
    private static final Arrived HALF = new Arrived(50, 100, new Validator("\"one\"", "yesterday"));

    private static Vertx vertx;
    private static Pool pool;
    private static PgVideoStore videos;
    private static PgImportStore imports;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        pool = TestServers.database().pool(vertx, 4);
        videos = new PgVideoStore(pool, "here");
        imports = new PgImportStore(pool, "here");
    }

    @AfterAll
    static void close() {
        Futures.await(vertx.close());
    }

    @Test
    void remembersHowFarItIs() {
        NewVideo video = begun();
        assertThat(pending(video.id()))
                .isEqualTo(new PendingImport(video.id(), URL, Arrived.NOTHING, Duration.ZERO, false));
        assertThat(Futures.await(imports.record(video.id(), HALF, Duration.ofSeconds(7))))
                .isTrue();
        assertThat(pending(video.id()))
                .isEqualTo(new PendingImport(video.id(), URL, HALF, Duration.ofSeconds(7), false));
        assertThat(pending(video.id()).toString()).doesNotContain("secret", "example");
        assertThat(Futures.await(videos.find(video.id())).orElseThrow().status())
                .isEqualTo(VideoStatus.UPLOADING);
        assertThat(Futures.await(new PgImportStore(pool, "elsewhere").pending()))
                .isEmpty();
    }

    @Test
    void whatWasToldOfIsOutdatedWhenItBeginsAnewUntilThatIsDone() {
        VideoId id = begun().id();
        ArrivalStore arrivals = new PgArrivalStore(pool, "here");
        Futures.await(imports.record(id, HALF, Duration.ZERO));
        Futures.await(arrivals.arrived(id, HALF.bytes()));
        assertThat(pending(id).told()).isTrue();
        assertThat(Futures.await(arrivals.outdated(id))).isFalse();

        Futures.await(imports.record(id, Arrived.NOTHING, Duration.ZERO));
        assertThat(Futures.await(arrivals.outdated(id))).isTrue();
        Futures.await(arrivals.withdraw(id));
        assertThat(Futures.await(arrivals.outdated(id))).isTrue();
        Futures.await(arrivals.beginAnew(id));
        assertThat(Futures.await(arrivals.outdated(id))).isFalse();
        assertThat(pending(id).told()).isFalse();
    }

    @Test
    void canBePlannedWhenItsLengthIsKnown() {
        VideoId id = begun().id();
        ArrivalStore arrivals = new PgArrivalStore(pool, "here");
        Futures.await(imports.record(id, new Arrived(100_000, -1, Validator.NONE), Duration.ZERO));
        assertThat(Futures.await(arrivals.arrived(id, 100_000)).look()).isTrue();
        assertThat(Futures.await(arrivals.unplanned(id))).isEmpty();
        Futures.await(imports.record(id, new Arrived(100_000, 500_000, Validator.NONE), Duration.ZERO));
        assertThat(Futures.await(arrivals.unplanned(id)))
                .contains(new Unplanned(List.of(new Part(id, 500_000)), 100_000, null));
        assertThat(Futures.await(new PgArrivalStore(pool, "elsewhere").unplanned(id)))
                .isEmpty();
    }

    @Test
    void isNoUploadThatEndedWithItsProcessOrWasAbandoned() {
        VideoId imported = begun().id();
        NewVideo uploaded = Samples.video();
        Futures.await(videos.create(uploaded));
        assertThat(Futures.await(videos.arriving())).contains(uploaded.id()).doesNotContain(imported);
        PgUpkeep upkeep = new PgUpkeep(pool);
        assertThat(Futures.await(upkeep.silent(Duration.ZERO, 1000)).stream().map(silent -> silent.video()))
                .contains(uploaded.id())
                .doesNotContain(imported);
        assertThat(Futures.await(upkeep.abandon(imported, Duration.ZERO))).isFalse();
        assertThat(Futures.await(upkeep.abandon(uploaded.id(), Duration.ZERO))).isTrue();
    }

    @Test
    void theLinkIsForgottenHoweverTheVideoGoesOn() {
        VideoError error = new VideoError(ErrorCode.LINK_REFUSED, "No.");
        List<Consumer<VideoId>> moves = List.of(
                id -> Futures.await(videos.uploaded(id, 100)),
                id -> Futures.await(videos.announce(id, Announcement.failed(VideoStatus.FAILED, error))),
                id -> Futures.await(videos.announce(id, Announcement.failed(VideoStatus.CANCELLED, null))),
                id -> Futures.await(videos.delete(id)));
        for (Consumer<VideoId> move : moves) {
            VideoId id = begun().id();
            move.accept(id);
            assertThat(Futures.await(imports.pending()))
                    .noneMatch(one -> one.video().equals(id));
            assertThat(Futures.await(imports.record(id, HALF, Duration.ZERO))).isFalse();
        }
    }

    @Test
    void tellingOfItForgetsNothing() {
        VideoId id = begun().id();
        Futures.await(videos.announce(id, Announcement.repeatable("uploading", null, java.util.Map.of())));
        assertThat(pending(id).url()).isEqualTo(URL);
    }

    private static NewVideo begun() {
        NewVideo video = Samples.video();
        Futures.await(imports.create(video, URL));
        return video;
    }

    private static PendingImport pending(VideoId id) {
        return Futures.await(imports.pending()).stream()
                .filter(one -> one.video().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
