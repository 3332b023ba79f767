package dev.rivulet.encode;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.media.Fragment;
import dev.rivulet.media.InitSegment;
import dev.rivulet.media.MalformedMediaException;
import dev.rivulet.media.Playlists;
import dev.rivulet.media.Rational;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the segments that a process made and checks them: there, contiguous, starting where planned and with a sync
 * sample. Exit codes are no proof.
 *
 * @param run what is recorded of them
 * @param samples samples of each segment
 */
record MadeRun(StoredRun run, List<Integer> samples) {

    /**
     * What a run should be.
     *
     * @param first index of the first segment
     * @param start exact time of the first sample, in seconds
     * @param slack ticks that the first sample may come later; copied sound begins at a frame of its own
     * @param most segments that there may be; fewer are the caller's to judge
     */
    record Expected(int first, Rational start, long slack, int most) {}

    /**
     * @param folder with {@code init.mp4} and the segments
     * @throws WorkFailedException when something is not as expected
     */
    static MadeRun read(Path folder, Expected wanted) throws IOException, WorkFailedException {
        int first = wanted.first();
        byte[] initFile = Files.readAllBytes(folder.resolve("init.mp4"));
        InitSegment init;
        List<StoredSegment> segments = new ArrayList<>();
        List<Integer> samples = new ArrayList<>();
        try {
            init = InitSegment.parse(initFile);
            Rational ticks = wanted.start().times(init.timescale());
            long expected = ticks.num();
            if (ticks.den() != 1) {
                throw wrong(folder, "the time scale " + init.timescale() + " cannot tell " + wanted.start() + " s");
            }
            for (int i = 0; i < wanted.most(); i++) {
                Path file = folder.resolve(Playlists.segmentName(first + i));
                if (!Files.exists(file)) {
                    break;
                }
                byte[] bytes = Files.readAllBytes(file);
                Fragment fragment = Fragment.parse(bytes, init);
                if (i == 0 && fragment.decodeTime() > expected && fragment.decodeTime() < expected + wanted.slack()) {
                    expected = fragment.decodeTime();
                }
                if (fragment.decodeTime() != expected) {
                    throw wrong(
                            folder,
                            "segment " + (first + i) + " begins at " + fragment.decodeTime() + ", not at " + expected);
                }
                if (!fragment.startsWithSync()) {
                    throw wrong(folder, "segment " + (first + i) + " does not begin with a sync sample");
                }
                expected += fragment.ticks();
                segments.add(new StoredSegment(fragment.ticks(), bytes.length, sha256(bytes)));
                samples.add(fragment.samples());
            }
        } catch (MalformedMediaException e) {
            throw wrong(folder, String.valueOf(e.getMessage()));
        }
        if (Files.exists(folder.resolve(Playlists.segmentName(first + wanted.most())))) {
            throw wrong(folder, "more than the planned " + wanted.most() + " segments");
        }
        return new MadeRun(new StoredRun(init.timescale(), sha256(initFile), init.codecs(), segments), samples);
    }

    int totalSamples() {
        return samples.stream().mapToInt(Integer::intValue).sum();
    }

    /** Names of its files, relative to the work folder. */
    List<String> files(String folder, int first) {
        List<String> files = new ArrayList<>(List.of(folder + "/init.mp4"));
        for (int i = 0; i < samples.size(); i++) {
            files.add(folder + "/" + Playlists.segmentName(first + i));
        }
        return files;
    }

    private static WorkFailedException wrong(Path folder, String what) {
        return new WorkFailedException(FailureKind.TOOL, folder.getFileName() + ": " + what, "");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
