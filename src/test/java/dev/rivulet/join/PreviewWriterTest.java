package dev.rivulet.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.join.PreviewWriter.Shown;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.Fence;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.Video;
import dev.rivulet.testing.Samples;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PreviewWriterTest {
    private static final MediaPlan PLAN = Samples.plan(600);
    private static final VideoId VIDEO = VideoId.random();

    private final TreeMap<Integer, ChunkMade> made = new TreeMap<>();
    private final List<String> read = new ArrayList<>();
    private final Map<String, String> written = new TreeMap<>();
    private final Deque<Promise<Void>> pauses = new ArrayDeque<>();
    private final List<Duration> lengths = new ArrayList<>();
    private final List<VideoId> again = new ArrayList<>();
    private MediaPlan plan = PLAN;
    private long now = -5;
    private boolean open = true;
    private RenditionState highest = RenditionState.ENCODING;
    private final PreviewWriter writer = new PreviewWriter(
            new JoinParts(null, null, tasks(), files(), null, null, null, null),
            4,
            () -> now,
            pause -> {
                lengths.add(pause);
                pauses.add(Promise.promise());
                return pauses.getLast().future();
            },
            again::add);

    @Test
    void onlyWhatHasComeSinceIsRead() {
        make(0, 1);
        assertThat(extend(false, growing(0, 1))).isTrue();
        assertThat(written).containsOnlyKeys("144p/index.m3u8", "audio-48k/index.m3u8", "preview.m3u8");
        assertThat(segments("144p")).isEqualTo(2);

        make(2, 4);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(extend(true, growing(0, 9))).isFalse();
        assertThat(read).containsExactly("chunks 0", "chunks 2");
        assertThat(segments("144p")).isEqualTo(3);
        assertThat(segments("audio-48k")).isEqualTo(7);
    }

    @Test
    void finishedSoundIsReadOnce() {
        make(0, 1);
        extend(false, work(0, 600, TaskState.DONE));
        now += Duration.ofSeconds(1).toNanos();
        extend(true, work(0, 600, TaskState.DONE));
        assertThat(read).containsExactly("chunks 0", "audio", "chunks 2");
        assertThat(segments("audio-48k")).isEqualTo(1);
    }

    @Test
    void whenAChunkIsMadeAgainAllIsRead() {
        make(0, 1);
        extend(false, growing(0, 1));
        made.remove(1);
        now += Duration.ofSeconds(1).toNanos();
        extend(true, growing(1, 9));
        assertThat(read).containsExactly("chunks 0", "chunks 0");
        assertThat(segments("144p")).isEqualTo(1);
    }

    @Test
    void hundredsOfFilmsThatGrowInTurnsAreNotReadAgain() {
        make(0, 1);
        List<VideoId> films = Stream.generate(VideoId::random).limit(300).toList();
        films.forEach(film -> extend(film, false, growing(0, 1)));
        assertThat(read).hasSize(300).containsOnly("chunks 0");
        read.clear();
        now += Duration.ofSeconds(1).toNanos();
        films.forEach(film -> extend(film, true, growing(0, 2)));
        assertThat(read).hasSize(300).containsOnly("chunks 2");
    }

    /** What is kept in memory has a limit. */
    @Test
    void ofVeryLongFilmsTheOneThatGrewLastIsKnown() {
        plan = Samples.plan(450_000);
        make(0, 1);
        VideoId other = VideoId.random();
        for (VideoId film : List.of(VIDEO, other, other, VIDEO, VIDEO)) {
            now += Duration.ofSeconds(1).toNanos();
            extend(film, false, growing(0, 1));
        }
        assertThat(read).containsExactly("chunks 0", "chunks 0", "chunks 2", "chunks 0", "chunks 2");
    }

    /** Its counts begin again with the new plan, so that they may be the same. */
    @Test
    void whenTheVideoIsPlannedAnewAllIsRead() {
        make(0, 1);
        extend(false, growing(0, 1));
        plan = Samples.plan(300);
        made.remove(1);
        now += Duration.ofSeconds(1).toNanos();
        extend(false, growing(0, 9));
        assertThat(read).containsExactly("chunks 0", "chunks 0");
        assertThat(segments("144p")).isEqualTo(1);
    }

    @Test
    void nothingIsShownBeforeBothArePlayable() {
        assertThat(extend(false, growing(0, 1))).isFalse();
        make(0);
        assertThat(extend(false, growing(0, 0))).isFalse();
        assertThat(written).isEmpty();
    }

    @Test
    void aLongPlaylistIsWrittenAfterAPause() {
        made.put(0, long_());
        extend(false, growing(0, 150));
        written.clear();

        now += Duration.ofMillis(1900).toNanos();
        extend(true, growing(0, 151));
        extend(true, growing(0, 152));
        assertThat(written).isEmpty();
        assertThat(lengths).containsExactly(Duration.ofMillis(100));

        now += Duration.ofMillis(100).toNanos();
        pauses.remove().complete();
        assertThat(again).containsExactly(VIDEO);
        extend(true, growing(0, 152));
        assertThat(segments("audio-48k")).isEqualTo(152);

        extend(true, growing(0, 153));
        assertThat(lengths).hasSize(2);
    }

    /** A higher quality may join before the lowest. */
    @Test
    void soundThatIsFinalIsNotMadeToGrowAgain() {
        make(0, 1);
        highest = RenditionState.JOINED;
        assertThat(extend(false, work(0, 600, TaskState.DONE))).isTrue();
        assertThat(written).containsOnlyKeys("144p/index.m3u8", "preview.m3u8");
    }

    @Test
    void byOldRowsNothingIsShown() {
        make(0, 1);
        open = false;
        assertThat(extend(false, growing(0, 1))).isFalse();
    }

    private Video video(VideoId film, boolean shown) {
        return new Video(
                film,
                "A film",
                null,
                "film.mp4",
                VideoStatus.PROCESSING,
                0,
                1,
                0,
                "local",
                0,
                false,
                shown,
                false,
                plan,
                List.of(row("144p", RenditionState.ENCODING), row("720p", highest)),
                null,
                true,
                1,
                Instant.EPOCH,
                0,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static RenditionRow row(String quality, RenditionState state) {
        return new RenditionRow(quality, 0, state, List.of(), null, null);
    }

    private boolean extend(boolean shown, WorkSummary work) {
        return extend(VIDEO, shown, work);
    }

    private boolean extend(VideoId film, boolean shown, WorkSummary work) {
        Future<Shown> done = writer.extend(video(film, shown), plan, work, () -> open);
        assertThat(done.succeeded()).isTrue();
        return done.result() == Shown.FIRST;
    }

    private void make(int... chunks) {
        for (int chunk : chunks) {
            made.put(chunk, Samples.chunk(PLAN, 0, chunk));
        }
    }

    /** One chunk of 150 segments. */
    private static ChunkMade long_() {
        ChunkMade chunk = Samples.chunk(PLAN, 0, 0);
        StoredRun run = Samples.run("init");
        List<StoredSegment> segments = Collections.nCopies(150, run.segments().get(0));
        return new ChunkMade(
                chunk.frames(),
                chunk.firstHash(),
                chunk.nextHash(),
                false,
                Map.of("144p", new StoredRun(run.timescale(), "init", run.codecs(), segments)));
    }

    private static WorkSummary growing(long undone, int audioSegments) {
        return work(undone, audioSegments, TaskState.RUNNING);
    }

    private static WorkSummary work(long undone, int audioSegments, TaskState audio) {
        return new WorkSummary(0, undone, List.of(), audio, audioSegments, null, null, null);
    }

    private long segments(String folder) {
        return written.get(folder + "/index.m3u8")
                .lines()
                .filter(line -> line.endsWith(".m4s"))
                .count();
    }

    private TaskStore tasks() {
        return fake(TaskStore.class, (name, words) -> {
            if (name.equals("audio")) {
                read.add("audio");
                return Future.succeededFuture(Optional.of(Samples.audio(PLAN)));
            }
            assertThat(name).isEqualTo("chunks");
            read.add("chunks " + words[2]);
            return Future.succeededFuture(made.tailMap((Integer) words[2]));
        });
    }

    private MediaFiles files() {
        return fake(MediaFiles.class, (name, words) -> {
            assertThat(name).isEqualTo("write");
            boolean writes = ((Fence) words[3]).open();
            if (writes) {
                written.put(words[1].toString(), words[2].toString());
            }
            return Future.succeededFuture(writes);
        });
    }

    private interface Answer {
        Future<?> to(String name, Object[] words);
    }

    private static <T> T fake(Class<T> port, Answer answer) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (self, method, words) -> answer.to(method.getName(), words)));
    }
}
