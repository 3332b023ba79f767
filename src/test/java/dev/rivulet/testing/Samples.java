package dev.rivulet.testing;

import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.LadderSpec;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Quality;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.VideoTrack;
import dev.rivulet.store.NewVideo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Made-up videos, plans and results. */
public final class Samples {
    private Samples() {}

    public static NewVideo video() {
        return video("A film", 0);
    }

    public static NewVideo video(String title, int priority) {
        return new NewVideo(VideoId.random(), title, null, "film.mp4", 1000, priority, "local");
    }

    /** 720p at 25 frames per second with sound: 144p; 240p and 360p; 720p. Segments of 3 s, chunks of 4. */
    public static MediaPlan plan(int seconds) {
        return plan(seconds, 4);
    }

    /** As {@link #plan(int)}, with so many segments in a chunk. */
    public static MediaPlan plan(int seconds, int chunkSegments) {
        LadderSpec ladder = new LadderSpec(
                List.of(
                        new Quality("144p", 256, 144, "ultrafast", 35, 100, 200, 48),
                        new Quality("240p", 426, 240, "ultrafast", 33, 200, 400, 64),
                        new Quality("360p", 640, 360, "veryfast", 30, 400, 800, 96),
                        new Quality("720p", 1280, 720, "fast", 26, 2000, 4000, 128)),
                List.of(List.of("144p"), List.of("240p", "360p"), List.of("720p")));
        return plan(seconds, chunkSegments, ladder, true);
    }

    /** 360p with sound: 144p and 240p together; 360p. */
    public static MediaPlan twoLowestTogether(int seconds) {
        LadderSpec ladder = new LadderSpec(
                List.of(
                        new Quality("144p", 256, 144, "ultrafast", 35, 100, 200, 48),
                        new Quality("240p", 426, 240, "ultrafast", 33, 200, 400, 64),
                        new Quality("360p", 640, 360, "veryfast", 30, 400, 800, 96)),
                List.of(List.of("144p", "240p"), List.of("360p")));
        return plan(seconds, 4, ladder, true);
    }

    /** One quality in so many chunks of one segment, without sound. */
    public static MediaPlan lowest(int chunks) {
        LadderSpec ladder = new LadderSpec(
                List.of(new Quality("144p", 256, 144, "ultrafast", 35, 100, 200, 48)), List.of(List.of("144p")));
        return plan(3 * chunks, 1, ladder, false);
    }

    private static MediaPlan plan(int seconds, int chunkSegments, LadderSpec ladder, boolean heard) {
        Rational length = Rational.of(seconds);
        VideoTrack picture = new VideoTrack(
                0,
                "h264",
                1280,
                720,
                Rational.ONE,
                0,
                Rational.of(25),
                new Rational(1, 90000),
                length,
                "yuv420p",
                "bt709",
                "bt709",
                "bt709",
                "tv",
                Scan.PROGRESSIVE,
                0);
        AudioTrack sound =
                new AudioTrack(1, "aac", "LC", 2, 48000, 128000, Rational.ZERO, length, "deu", "Ton \"\0\" eins", true);
        SourceInfo source =
                new SourceInfo("mov,mp4", Rational.ZERO, length, picture, heard ? List.of(sound) : List.of());
        return MediaPlan.of(source, ladder, Rational.of(3), chunkSegments, SourceClass.DIRECT, "source/original");
    }

    /** The result of a chunk whose frames are named after their place: it joins with its neighbours. */
    public static ChunkMade chunk(MediaPlan plan, int tier, int chunk) {
        boolean last = chunk == plan.chunks().chunks().size() - 1;
        return chunk(plan, tier, chunk, "frame-" + chunk, last ? null : "frame-" + (chunk + 1));
    }

    public static ChunkMade chunk(MediaPlan plan, int tier, int chunk, String first, @Nullable String next) {
        int frames = plan.chunks().chunks().get(chunk).frames();
        Map<String, StoredRun> qualities = plan.tiers().get(tier).qualities().stream()
                .collect(Collectors.toMap(quality -> quality, quality -> run("init-" + quality)));
        return new ChunkMade(frames, first, next, false, qualities);
    }

    public static AudioMade audio(MediaPlan plan) {
        return new AudioMade(
                false,
                plan.audio().stream()
                        .collect(Collectors.toMap(
                                AudioRendition::folder, rendition -> run("init-" + rendition.folder()))));
    }

    public static StoredRun run(String init) {
        return new StoredRun(25, init, "avc1.64001f", List.of(new StoredSegment(75, 12345, "a".repeat(64))));
    }
}
