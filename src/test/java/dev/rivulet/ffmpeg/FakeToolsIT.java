package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.config.Settings.SandboxMode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.testing.DataProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a decoder that has been taken over may do: it ends in time, is told apart, and leaves nothing running. */
class FakeToolsIT {
    private static final Limits LIMITS =
            new Limits(36_000_000, 32, 0, 1 << 20, Duration.ofSeconds(2), Duration.ofSeconds(2));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    Path work;
    Path canary;
    String secret;

    /** Everything holds without a sandbox, but for what only a sandbox can do. */
    enum Shut {
        IN,
        NOT
    }

    @BeforeEach
    void prepare() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        secret = UUID.randomUUID().toString();
        canary = Files.writeString(folder.resolve("canary.txt"), secret);
    }

    @ParameterizedTest
    @EnumSource
    void aCrashIsTheToolsFault(Shut shut) throws IOException {
        RunResult result = ffmpeg(shut, "kill -SEGV $$");

        assertThat(result.ok()).isFalse();
        assertThat(result.failureKind(true)).isEqualTo(FailureKind.TOOL);
        assertThat(result.exit()).isEqualTo(128 + 11);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsKilledFromOutsideIsTakenForOutOfMemory(Shut shut) throws IOException {
        RunResult result = ffmpeg(shut, "kill -KILL $$");

        assertThat(result.failureKind(true)).isEqualTo(FailureKind.MEMORY);
        assertThat(result.failureKind(false)).isEqualTo(FailureKind.MEMORY);
        assertThat(result.exit()).isEqualTo(128 + 9);
        assertThat(result.reason()).contains("killed from outside");
        assertThat(probe(shut, "printf '{\"streams\":['; kill -KILL $$")).isInstanceOf(Probed.BrokenOff.class);
    }

    @ParameterizedTest
    @EnumSource
    void whoSaysThatMemoryIsMissingIsBelievedHoweverItEnds(Shut shut) throws IOException {
        String says = "echo 'x264 [error]: malloc of size 3330944 failed' >&2; ";
        assertThat(ffmpeg(shut, says + "exit 187").failureKind(true)).isEqualTo(FailureKind.MEMORY);
        assertThat(ffmpeg(shut, says + "tail -f WORK/hangs").failureKind(true)).isEqualTo(FailureKind.MEMORY);
        assertThat(ffmpeg(shut, "exec yes 'Could not allocate memory' >&2").failureKind(true))
                .isEqualTo(FailureKind.MEMORY);
        assertThat(ffmpeg(shut, says + "exit 0").ok()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatWeKillIsNotTakenForOutOfMemory(Shut shut) throws IOException {
        script("ffmpeg", "echo frame=1; echo progress=continue; tail -f WORK/hangs");
        try (FfmpegRunner runner = runner(shut)) {
            RunResult result = runner.ffmpeg(
                    "a test",
                    List.of("-version"),
                    Access.writing(List.of(), work),
                    work.resolve("log.txt"),
                    LIMIT,
                    progress -> runner.kill("a test", "lost its lease"));

            assertThat(result.failureKind(true)).isEqualTo(FailureKind.LOST);
            assertThat(result.reason()).contains("lost its lease");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itYieldsAlsoWhereTheKernelGroupsProcessesBySession(Shut shut) throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/autogroup")));
        assertThat(ffmpeg(shut, "until grep -q 'nice 5$' /proc/self/autogroup; do echo frame=$((n=n+1)); done")
                        .ok())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void silenceIsATimeout(Shut shut) throws IOException {
        RunResult result = ffmpeg(shut, "trap '' TERM; tail -f WORK/hangs");

        assertThat(result.failureKind(true)).isEqualTo(FailureKind.TIMEOUT);
        assertThat(result.reason()).contains("made no progress");
    }

    @ParameterizedTest
    @EnumSource
    void anOutputThatIsClosedIsNoEnd(Shut shut) throws IOException {
        assertThat(ffmpeg(shut, "exec >/dev/null; tail -f WORK/hangs").failureKind(true))
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatGrowsTooLargeIsCutOff(Shut shut) throws IOException {
        RunResult result = ffmpeg(shut, "exec head -c 100000000 /dev/zero > WORK/large");

        assertThat(result.failureKind(true)).isEqualTo(FailureKind.TOOL);
        assertThat(result.reason()).contains("wrote more than it may");
        assertThat(Files.size(work.resolve("large"))).isLessThanOrEqualTo(LIMITS.maxOutputBytes());
    }

    @ParameterizedTest
    @EnumSource
    void manyFilesAreCountedTogether(Shut shut) throws IOException {
        RunResult result =
                ffmpeg(shut, "for n in 1 2 3 4 5 6; do head -c 900000 /dev/zero > WORK/$n; done; tail -f WORK/hangs");

        assertThat(result.failureKind(true)).isEqualTo(FailureKind.TOOL);
        assertThat(result.reason()).contains("wrote more than it may");
    }

    @ParameterizedTest
    @EnumSource
    void aLogWithoutEndIsCutOff(Shut shut) throws IOException {
        assertThat(ffmpeg(shut, "exec yes >&2").failureKind(true)).isEqualTo(FailureKind.TOOL);
        assertThat(Files.size(work.resolve("log.txt"))).isLessThanOrEqualTo(LIMITS.maxOutputBytes());
    }

    @ParameterizedTest
    @EnumSource
    void aLineWithoutEndIsNotRead(Shut shut) throws IOException {
        assertThat(ffmpeg(shut, "tr '\\0' x < /dev/zero").ok()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatItLeavesBehindIsEnded(Shut shut) throws IOException {
        RunResult holding = ffmpeg(shut, "tail -f WORK/hangs & exit 0");
        RunResult apart = ffmpeg(shut, "tail -f WORK/hangs >/dev/null 2>&1 & exit 3");

        assertThat(holding.exit()).isZero();
        assertThat(apart.exit()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aProbeWithoutEndIsNotRead(Shut shut) throws IOException {
        assertThat(probe(shut, "printf '{\"format\":{\"format_name\":\"'; tr '\\0' x < /dev/zero"))
                .isInstanceOf(Probed.TooMuch.class);
        assertThat(probe(shut, "printf '{\"streams\":['; yes '{\"index\":0},'")).isInstanceOf(Probed.TooMuch.class);
    }

    @ParameterizedTest
    @EnumSource
    void aProbeThatHangsTimesOut(Shut shut) throws IOException {
        assertThat(probe(shut, "tail -f /dev/null")).isInstanceOf(Probed.TimedOut.class);
    }

    @ParameterizedTest
    @EnumSource(names = "IN")
    void inTheSandboxThereIsNothingButTheWork(Shut shut) throws IOException {
        String script = "cat " + canary + " > WORK/got 2>/dev/null; ls " + folder + " > WORK/seen; env > WORK/env;"
                + " id -u > WORK/user; cat /proc/net/dev > WORK/net; touch " + canary + ".new /tmp/x /dev/shm/x /x;"
                + " grep CapEff /proc/self/status > WORK/rights; ls /proc > WORK/processes; unshare -U true && echo"
                + " more > WORK/more; mkdir WORK/made; echo ok > WORK/made/file; exit 0";
        RunResult result = ffmpeg(shut, script);

        assertThat(result.exit()).as(result.log()).isZero();
        assertThat(work.resolve("got")).isEmptyFile();
        assertThat(Files.readString(work.resolve("seen")))
                .doesNotContain("canary")
                .contains("work");
        assertThat(folder.resolve("canary.txt.new")).doesNotExist();
        assertThat(Files.readString(work.resolve("env"))).doesNotContain("HOME", "JAVA", "RIVULET");
        assertThat(work.resolve("user")).hasContent("65534");
        assertThat(Files.readString(work.resolve("net"))).doesNotContain("eth").contains("lo:");
        assertThat(Files.readString(work.resolve("rights"))).contains("0000000000000000");
        assertThat(Files.readAllLines(work.resolve("processes")).stream().filter(name -> name.matches("\\d+")))
                .hasSizeLessThan(6);
        assertThat(work.resolve("more")).doesNotExist();
        // What it made is ours to read and to remove.
        assertThat(work.resolve("made/file")).hasContent("ok");
        assertThat(Files.getOwner(work.resolve("made/file"))).isEqualTo(Files.getOwner(canary));
        Files.delete(work.resolve("made/file"));
        Files.delete(work.resolve("made"));
    }

    @ParameterizedTest
    @EnumSource(names = "NOT")
    void withoutOneItSaysWhatIsMissing(Shut shut) {
        Sandbox off = Sandbox.find(SandboxMode.OFF, tools(), work);

        assertThat(off.works()).isEqualTo(shut == Shut.IN);
        assertThat(off.detail()).contains("ffmpeg.sandbox");
    }

    private RunResult ffmpeg(Shut shut, String script) throws IOException {
        script("ffmpeg", script);
        try (FfmpegRunner runner = runner(shut)) {
            long begun = System.nanoTime();
            RunResult result = runner.ffmpeg(
                    "a test",
                    List.of("-version"),
                    Access.writing(List.of(), work),
                    work.resolve("log.txt"),
                    LIMIT,
                    progress -> {});
            inTimeAndAlone(begun);
            return result;
        }
    }

    private Probed probe(Shut shut, String script) throws IOException {
        script("ffprobe", script);
        script("ffmpeg", "exit 0");
        try (FfmpegRunner runner = runner(shut)) {
            long begun = System.nanoTime();
            Probed probed = runner.probe("a test", canary.toString());
            inTimeAndAlone(begun);
            return probed;
        }
    }

    private void inTimeAndAlone(long begun) {
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        DataProcesses.awaitNone(folder, 5);
    }

    private FfmpegRunner runner(Shut shut) throws IOException {
        if (shut == Shut.NOT) {
            return new FfmpegRunner(tools(), LIMITS, new Sandbox.None("left out"));
        }
        Path good = Files.createDirectories(folder.resolve("good"));
        for (String name : List.of("ffmpeg", "ffprobe")) {
            executable(good.resolve(name), "exit 0");
        }
        Sandbox tried = Sandbox.find(
                SandboxMode.AUTO, new FfmpegTools(good.resolve("ffmpeg"), good.resolve("ffprobe"), Map.of(), ""), work);
        assumeTrue(tried.works(), tried.detail());
        Sandbox.Bubblewrap found = (Sandbox.Bubblewrap) tried;
        return new FfmpegRunner(
                tools(),
                LIMITS,
                new Sandbox.Bubblewrap(found.bwrap(), found.sealed(), ToolPaths.of(tools()), found.version()));
    }

    private FfmpegTools tools() {
        Path tools = folder.resolve("tools");
        return new FfmpegTools(tools.resolve("ffmpeg"), tools.resolve("ffprobe"), Map.of(), "");
    }

    private void script(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(work.resolve("hangs"), "");
        executable(folder.resolve("tools").resolve(name), text.replace("WORK", work.toString()));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
