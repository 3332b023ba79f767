package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources that the straight path does not meet, made here: each ends as people would expect, frame-exact. */
@BesideOthers
class OddFilesIT {
    private static final long PATIENCE = 180;
    private static final String[] H264 = {"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"};

    @TempDir
    static Path folder;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "short.ts, 8, mezzanine, -g 48 -c:a aac",
        "long.ts, 24, remux, -g 48 -bf 2 -c:a aac",
        "open-gop.ts, 24, remux, -g 48 -bf 3 -x264-params open-gop=1 -c:a mp2",
        "live.mkv, 24, remux, -g 48 -c:a libopus -f matroska -live 1",
        "flash.flv, 24, remux, -g 48 -c:a aac -ar 44100",
        "divx.avi, 8, mezzanine, -c:v mpeg4 -c:a libmp3lame",
        "program.mpg, 24, remux, -c:v mpeg2video -c:a mp2 -f vob",
        "one-keyframe.mp4, 26, mezzanine, -g 9999 -keyint_min 9999 -sc_threshold 0 -c:a aac",
        "plain.mp4, 24, direct, -g 48 -c:a aac -ac 2 -b:a 160k",
        "refresh.mp4, 24, direct, -g 48 -x264-params intra-refresh=1 -c:a aac",
        "surround.mkv, 6, direct, -c:a ac3 -ac 6",
        "narrow.mkv, 6, direct, -c:a pcm_s16le -ar 8000 -ac 1",
    })
    void everyKindOfSourceIsFrameExact(String name, int seconds, String sourceClass, String encoding)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(H264));
        words.addAll(Arrays.asList(encoding.split(" ")));
        Path clip = MadeMedia.clip(folder.resolve(name), "320x180", "24", seconds, words.toArray(String[]::new));

        String id = ends(clip, "COMPLETED");

        String read = server.manifest(id).getJsonObject("source").getString("class");
        if (sourceClass.equals("direct")) {
            // The proof of the seams may have corrected it.
            assertThat(read).isIn("direct", "mezzanine");
        } else {
            assertThat(read).isEqualTo(sourceClass);
        }
        List<Presentation.Checked> checked = Presentation.check(server, id, folder);
        assertThat(checked.stream().filter(one -> !one.uri().startsWith("audio")))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.samples()).isCloseTo(24 * seconds, Offset.offset(2)));
        assertThat(server.data().resolve("media").resolve(id).resolve("source/mezzanine"))
                .doesNotExist();
        assertThat(server.data().resolve("media").resolve(id).resolve("source/copy.mkv"))
                .doesNotExist();
    }

    /** Sound that suits is taken over as it is, not encoded again. */
    @Test
    void soundThatSuitsIsTakenOver() throws IOException {
        Path clip = MadeMedia.clip(
                folder.resolve("taken.mp4"),
                "640x360",
                "24",
                6,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-ac",
                "2",
                "-c:a",
                "aac",
                "-b:a",
                "80k");
        String id = ends(clip, "COMPLETED");
        Presentation.check(server, id, folder);

        Path published = Presentation.whole(server, id, "audio-96k/index.m3u8", folder.resolve("taken-audio.mp4"));
        assertThat(packets(published)).isNotEmpty().isSubsetOf(packets(clip));
    }

    @Test
    void aFileThatBreaksOffIsWatchableUpToThere() throws IOException {
        Path whole = MadeMedia.mp4(folder.resolve("whole.mp4"), "320x180", "24", 30);
        Path half = folder.resolve("half.mp4");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));

        String id = ends(half, "PARTIAL");

        JsonObject error = server.video(id).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("corrupt_input");
        assertThat(error.getString("message")).contains("breaks off", "of 30.0 seconds");
        List<Presentation.Checked> checked = Presentation.check(server, id, folder);
        double picture = checked.get(0).seconds();
        assertThat(picture).isBetween(8.0, 22.0);
        assertThat(checked).allSatisfy(one -> assertThat(one.seconds()).isCloseTo(picture, Offset.offset(0.1)));
    }

    @Test
    void aFlashVideoThatBreaksOffSaysSo() throws IOException {
        Path whole = MadeMedia.clip(
                folder.resolve("whole.flv"),
                "320x180",
                "24",
                8,
                "-c:v",
                "flv1",
                "-g",
                "24",
                "-c:a",
                "aac",
                "-ar",
                "44100");
        Path cut = folder.resolve("cut.flv");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        String id = ends(cut, "PARTIAL");

        assertThat(server.video(id).getJsonObject("error").getString("message")).contains("breaks off");
        assertThat(Presentation.check(server, id, folder).get(0).seconds()).isBetween(2.0, 6.0);
    }

    /** Where the header tells only how long the whole is, the sound must not be cut with the picture. */
    @ParameterizedTest
    @CsvSource({
        "shorter.flv, -c:v flv1 -c:a aac -ar 44100",
        "shorter.wmv, -c:v wmv2 -c:a wmav2",
        "shorter.avi, -c:v mpeg4 -c:a libmp3lame"
    })
    void aPictureThatEndsFirstHoldsItsLastFrame(String name, String encoding) throws IOException {
        Path clip = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24:duration=3"));
        args.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:duration=7"));
        args.addAll(Arrays.asList(encoding.split(" ")));
        args.add(clip.toString());
        MadeMedia.ffmpeg(args);

        String id = ends(clip, "COMPLETED");

        assertThat(Presentation.check(server, id, folder))
                .allSatisfy(one -> assertThat(one.seconds()).isCloseTo(7, Offset.offset(0.15)));
    }

    /** So few bytes a second look like a header that lies. */
    @Test
    void oneStillPictureUnderLongSpeechIsAVideo() throws IOException {
        Path clip = folder.resolve("speech.mp4");
        List<String> args = new ArrayList<>(List.of("-f", "lavfi", "-i", "color=gray:size=320x180:rate=1:duration=1"));
        args.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=200:duration=60", "-c:v", "libx264", "-pix_fmt"));
        args.addAll(List.of("yuv420p", "-c:a", "aac", "-b:a", "16k", clip.toString()));
        MadeMedia.ffmpeg(args);

        String id = ends(clip, "COMPLETED");

        assertThat(Presentation.check(server, id, folder))
                .allSatisfy(one -> assertThat(one.seconds()).isCloseTo(60, Offset.offset(1.1)));
    }

    @Test
    void aHoleIsBridged() throws IOException {
        Path clip = MadeMedia.mp4(folder.resolve("hole.mp4"), "320x180", "24", 24);
        try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(new byte[60_000]);
        }
        String id = ends(clip, "COMPLETED");

        assertThat(Presentation.check(server, id, folder).get(0).samples()).isEqualTo(24 * 24);
    }

    @Test
    void soundThatCannotBeDecodedIsSilenceAndSaidSo() throws IOException {
        Path clip = MadeMedia.clip(
                folder.resolve("sound.mkv"),
                "320x180",
                "24",
                6,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-c:a",
                "aac");
        Path noise = folder.resolve("noise.mkv");
        MadeMedia.ffmpeg(List.of("-i", clip.toString(), "-c", "copy", "-bsf:a", "noise=amount=1", noise.toString()));

        String id = ends(noise, "PARTIAL");

        JsonObject error = server.video(id).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("corrupt_input");
        assertThat(error.getString("message")).contains("sound");
        assertThat(Presentation.check(server, id, folder).stream()
                        .filter(one -> one.uri().startsWith("audio")))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.seconds()).isCloseTo(6, Offset.offset(0.1)));
    }

    @ParameterizedTest
    @CsvSource({"-t 0.2, 5", "-frames:v 1, 1"})
    void theShortestVideosAreVideos(String cut, int frames) throws IOException {
        Path clip = folder.resolve("short" + frames + ".mp4");
        List<String> args = new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24"));
        args.addAll(Arrays.asList(cut.split(" ")));
        args.addAll(List.of("-c:v", "libx264", "-pix_fmt", "yuv420p", clip.toString()));
        MadeMedia.ffmpeg(args);

        String id = ends(clip, "COMPLETED");

        assertThat(Presentation.check(server, id, folder).get(0).samples()).isEqualTo(frames);
    }

    private static String ends(Path clip, String status) {
        String id = server.upload(clip, clip.getFileName().toString()).getString("id");
        try (Updates updates = server.follow(id)) {
            updates.end(PATIENCE);
        }
        JsonObject video = server.video(id);
        assertThat(video.getString("status")).as(video.encode()).isEqualTo(status);
        return id;
    }

    /** Digests of the packets of the sound. */
    private static List<String> packets(Path file) {
        MadeMedia.Output output = MadeMedia.run(List.of(
                MadeMedia.ffmpegPath(),
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0:a",
                "-c",
                "copy",
                "-f",
                "framemd5",
                "-"));
        return output.text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }
}
