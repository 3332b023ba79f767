package dev.rivulet.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.config.Settings;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.FfmpegTools;
import dev.rivulet.ffmpeg.Limits;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.ffmpeg.Sandbox;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Mutation;
import dev.rivulet.testing.SmallFiles;
import dev.rivulet.testing.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand damaged files are looked at and planned: each gets a plan or a code, in time, and nothing stays. */
class SurveyFuzzIT {
    private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 2000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
    private static final long LONGEST_MILLIS = 10_000;

    @TempDir
    Path folder;

    @Test
    void damagedFilesArePlannedOrRefused() throws Exception {
        List<Path> good = SmallFiles.in(folder.resolve("good"));
        FfmpegTools tools = MadeMedia.bundled();
        Path fuzz = Files.createDirectories(folder.resolve("fuzz"));
        Sandbox sandbox = Sandbox.find(Settings.SandboxMode.AUTO, tools, fuzz);
        Limits limits = new Limits(36_000_000, 32, 1L << 31, 1L << 30, Duration.ofSeconds(10), Duration.ofSeconds(10));
        Map<ErrorCode, Integer> codes = new EnumMap<>(ErrorCode.class);
        int planned = 0;
        try (FfmpegRunner runner = new FfmpegRunner(tools, limits, sandbox)) {
            Surveyor surveyor = new Surveyor(
                    new Prober(runner, Duration.ofHours(12)),
                    runner,
                    new SegmentVerticle.Cut(Sources.LADDER, Rational.of(3), 4));
            ExecutorService pool = Executors.newFixedThreadPool(3);
            List<Future<Optional<ErrorCode>>> outcomes = new ArrayList<>();
            for (int i = 0; i < MUTATIONS; i++) {
                int number = i;
                outcomes.add(pool.submit(() -> outcome(surveyor, good.get(number % good.size()), SEED + number)));
            }
            for (Future<Optional<ErrorCode>> outcome : outcomes) {
                Optional<ErrorCode> code = outcome.get(15, TimeUnit.MINUTES);
                code.ifPresent(refused -> codes.merge(refused, 1, Integer::sum));
                planned += code.isEmpty() ? 1 : 0;
            }
            pool.shutdown();
            assertThat(runner.running()).isEmpty();
        }
        System.out.printf(
                "%d damaged files (sandbox: %s): %d planned, refused: %s%n",
                MUTATIONS, sandbox.detail(), planned, codes);
        assertThat(planned).isPositive();
        assertThat(codes).isNotEmpty();
        assertThat(files(folder.resolve("fuzz"))).isEmpty();
        DataProcesses.awaitNone(folder, 5, "fuzz");
    }

    private Optional<ErrorCode> outcome(Surveyor surveyor, Path good, long seed) throws IOException {
        Path own = Files.createDirectories(folder.resolve("fuzz").resolve(Long.toString(seed)));
        Path file = own.resolve("damaged");
        String name = good.getFileName() + " with seed " + seed;
        Files.write(file, new Mutation(seed).of(Files.readAllBytes(good)));
        long begun = System.nanoTime();
        try {
            MediaPlan plan = surveyor.plan(seed, file.toString(), own.resolve("work"), Long.MAX_VALUE);
            assertThat(plan.grid().frames()).as(name).isPositive();
            assertThat(plan.chunks().chunks()).as(name).isNotEmpty();
            assertThat(plan.renditions()).as(name).isNotEmpty();
            return Optional.empty();
        } catch (RejectedSourceException e) {
            assertThat(e.error().message()).as(name).isNotBlank();
            return Optional.of(e.error().code());
        } catch (RuntimeException e) {
            throw new AssertionError(name + " ended without a code", e);
        } finally {
            long millis = (System.nanoTime() - begun) / 1_000_000;
            delete(own);
            assertThat(millis).as(name).isLessThan(LONGEST_MILLIS);
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
