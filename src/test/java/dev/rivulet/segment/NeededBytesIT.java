package dev.rivulet.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.ffmpeg.Access;
import dev.rivulet.ffmpeg.ChunkCommand;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Limits;
import dev.rivulet.ffmpeg.Pace;
import dev.rivulet.ffmpeg.PartedSource;
import dev.rivulet.ffmpeg.PartedSource.Piece;
import dev.rivulet.ffmpeg.Place;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.TaskKind;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.MovieHead;
import dev.rivulet.media.MovieIndex;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.Tier;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks that the real ffmpeg makes of a film of which only the bytes are there that they are said to need. */
class NeededBytesIT {
    private static final Limits LIMITS =
            new Limits(36_000_000, 32, 0, 1L << 34, Duration.ofSeconds(30), Duration.ofSeconds(30));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30 -bf 2 -g 60",
                "30 -bf 0 -g 30 -movflags +faststart",
                "60 -bf 16 -refs 5 -b_strategy 0 -x264-params b-pyramid=normal:rc-lookahead=40 -g 240",
                "10 -bf 3 -g 50",
                "2 -bf 2 -g 10",
                "1 -bf 0 -g 4",
                "30 -c:v libx265 -preset superfast -x265-params log-level=error -g 60",
                "30 -c:v libsvtav1 -preset 12 -g 60",
                "24000/1001 -bf 2 -g 100 -x264-params open-gop=1"
            })
    void areEnough(String words) throws Exception {
        String[] rateAndRest = words.split(" ", 2);
        Path film = MadeMedia.made(
                folder.resolve("film.mp4"),
                "-f lavfi -i testsrc2=size=320x180:rate=" + rateAndRest[0] + ":duration=16"
                        + " -c:v libx264 -preset fast -pix_fmt yuv420p " + rateAndRest[1]);
        byte[] bytes = Files.readAllBytes(film);
        MovieHead.Found found = (MovieHead.Found) MovieHead.look(
                (offset, length) -> Optional.of(Arrays.copyOfRange(bytes, (int) offset, (int) offset + length)),
                bytes.length);
        MovieIndex index = MovieIndex.of(ByteBuffer.wrap(bytes).slice((int) found.offset() + 8, found.length() - 8));
        long front = found.front() > 0 ? found.offset() : bytes.length;
        try (FfmpegRunner runner =
                new FfmpegRunner(MadeMedia.bundled(), LIMITS, new Sandbox.None("a test of what is read"))) {
            SourceInfo source = new Prober(runner, Duration.ofHours(1)).probe("look", film.toString());
            MediaPlan plan = MediaPlan.arriving(source, Sources.LADDER, Rational.of(2), 2, "source/original");
            NeededBytes needed = new NeededBytes(index, source.video().start(), front);
            int early = 0;
            for (NewTask task : NewTask.of(plan)) {
                Long bytesNeeded = task.kind() == TaskKind.CHUNK && task.tier() == 0 ? needed.of(task, plan) : null;
                if (bytesNeeded == null) {
                    continue;
                }
                assertThat(bytesNeeded).isLessThanOrEqualTo(front);
                early += bytesNeeded < front ? 1 : 0;
                Chunk chunk = plan.chunks().chunks().get(task.chunk());
                Path beginning =
                        Files.write(folder.resolve("beginning"), Arrays.copyOf(bytes, Math.toIntExact(bytesNeeded)));
                List<Path> whole = made(runner, plan, chunk, film.toString(), List.of(film));
                List<Path> part = made(
                        runner,
                        plan,
                        chunk,
                        parted(film, beginning, front, bytesNeeded, bytes.length),
                        List.of(beginning, folder.resolve("end")));
                assertThat(part).hasSameSizeAs(whole).hasSizeGreaterThan(2);
                for (int i = 0; i < part.size(); i++) {
                    assertThat(part.get(i)).as("chunk " + chunk.index()).hasSameBinaryContentAs(whole.get(i));
                }
            }
            assertThat(early).as("chunks that do not wait for the end").isGreaterThanOrEqualTo(3);
        }
    }

    /** Its beginning, zeros, and its end from the index on. */
    private String parted(Path film, Path beginning, long front, long there, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(film);
        Path end = Files.write(folder.resolve("end"), Arrays.copyOfRange(bytes, Math.toIntExact(front), length));
        List<Piece> pieces = new ArrayList<>(List.of(new Piece(Optional.of(beginning), there)));
        if (there < front) {
            pieces.add(new Piece(Optional.empty(), front - there));
        }
        if (front < length) {
            pieces.add(new Piece(Optional.of(end), length - front));
        }
        return PartedSource.address(pieces).orElseThrow();
    }

    /** All files of a chunk's lowest qualities, in order of their names. */
    private List<Path> made(FfmpegRunner runner, MediaPlan plan, Chunk chunk, String source, List<Path> files)
            throws IOException {
        Path to = Files.createTempDirectory(folder, "made");
        Tier tier = plan.tiers().get(0);
        for (Rendition rendition : plan.renditions(tier)) {
            Files.createDirectories(to.resolve(rendition.quality()));
        }
        RunResult result = runner.ffmpeg(
                "chunk",
                command(plan, chunk, tier, new Place(source, to, LIMITS)),
                Access.writing(files, to),
                to.resolve("log"),
                Duration.ofSeconds(60),
                progress -> {});
        assertThat(result.ok()).as(result.log()).isTrue();
        try (var all = Files.walk(to)) {
            return all.filter(file -> file.toString().endsWith(".m4s")
                            || file.toString().endsWith(".framemd5")
                            || file.toString().endsWith("init.mp4"))
                    .sorted()
                    .toList();
        }
    }

    /** Read by several threads, which read farther ahead; encoded by one, because several make something else each time. */
    private static List<String> command(MediaPlan plan, Chunk chunk, Tier tier, Place place) {
        List<String> words = new ArrayList<>(ChunkCommand.of(plan, chunk, tier, new Pace(4, Rational.ONE), place));
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("libx264")) {
                assertThat(words.get(i + 1)).isEqualTo("-threads");
                words.set(i + 2, "1");
            }
        }
        return words;
    }
}
