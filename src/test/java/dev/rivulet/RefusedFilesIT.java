package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot become a video are taken, refused with the reason, and leave nothing behind. */
class RefusedFilesIT {
    private static final long AT_ONCE_MILLIS = 1000;
    private static final long PATIENCE = 60;

    @TempDir
    static Path folder;

    static RunningServer server;
    static Path good;

    @BeforeAll
    static void start() {
        good = MadeMedia.mp4(folder.resolve("good.mp4"), "256x144", "25", 4);
        server = RunningServer.start(folder.resolve("data"));
        completes(); // warm
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "video.mp4", "video.mkv"})
    void textIsNotAVideo(String name) throws IOException {
        Path file = folder.resolve(name.isEmpty() ? "notes.txt" : name);
        Files.writeString(file, "Nothing moves here.\n".repeat(name.isEmpty() ? 1 : 100_000));
        isRefusedAtOnce(file, "not_a_video");
    }

    @Test
    void zerosAreNotAVideo() throws IOException {
        isRefusedAtOnce(Files.write(folder.resolve("zeros.mp4"), new byte[1]), "not_a_video");
        isRefusedAtOnce(Files.write(folder.resolve("zeros.mp4"), new byte[3 << 20]), "not_a_video");
    }

    @Test
    void aPlaylistInDisguiseReadsNothing() throws IOException {
        Path secret = MadeMedia.mp4(folder.resolve("secret.mp4"), "256x144", "25", 2);
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            for (String target : List.of(
                    secret.toString(),
                    "file://" + secret,
                    "http://127.0.0.1:" + port + "/segment.ts",
                    "tcp://127.0.0.1:" + port,
                    "concat:" + secret + "|" + secret)) {
                Path playlist = folder.resolve("playlist.mp4");
                Files.writeString(
                        playlist,
                        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + target
                                + "\n#EXT-X-ENDLIST\n");
                isRefusedAtOnce(playlist, "not_a_video");
                Path list = folder.resolve("list.mp4");
                Files.writeString(list, "ffconcat version 1.0\nfile '" + target + "'\n");
                isRefusedAtOnce(list, "not_a_video");
            }
            Path master = folder.resolve("master.mp4");
            Files.writeString(
                    master, "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\nhttp://127.0.0.1:" + port + "/index.m3u8\n");
            isRefusedAtOnce(master, "not_a_video");
            assertThat(listener.accept()).as("nobody calls").isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "webp"})
    void aPictureIsNotAVideo(String format) throws IOException {
        Path picture = folder.resolve("picture." + format);
        MadeMedia.ffmpeg(
                List.of("-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1", "-y", picture.toString()));
        isRefusedAtOnce(picture, "not_a_video");
        isRefusedAtOnce(Files.copy(picture, folder.resolve(format + ".mp4")), "not_a_video");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m4a", "mp4", "mkv", "ogg", "webm"})
    void soundAloneHasNoVideoStream(String format) {
        Path sound = folder.resolve("sound." + format);
        List<String> args = new ArrayList<>(List.of("-f", "lavfi", "-i", "sine=frequency=440:duration=3"));
        args.addAll(format.equals("ogg") || format.equals("webm") ? List.of("-c:a", "libopus") : List.of());
        args.add(sound.toString());
        MadeMedia.ffmpeg(args);
        isRefusedAtOnce(sound, "no_video_stream");
    }

    @Test
    void anMp4WithoutItsIndexIsCorrupt() throws IOException {
        Path whole = MadeMedia.clip(
                folder.resolve("index-last.mp4"), "640x360", "25", 6, "-c:v", "libx264", "-preset", "ultrafast");
        byte[] bytes = Files.readAllBytes(whole);
        isRefusedAtOnce(
                Files.write(folder.resolve("no-index.mp4"), Arrays.copyOf(bytes, bytes.length / 2)), "corrupt_input");
        isRefusedAtOnce(Files.write(folder.resolve("head.mp4"), Arrays.copyOf(bytes, 40)), "corrupt_input");
    }

    /** The cut is in the last chunk, or there are chunks behind it. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60})
    void anMp4ThatIsCutInHalfEndsAsCorruptAndDoesNotHang(int seconds) throws IOException {
        Path whole = MadeMedia.mp4(folder.resolve("index-first.mp4"), "426x240", "25", seconds);
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
        String id = server.upload(half, "half").getString("id");
        JsonObject end;
        try (Updates updates = server.follow(id)) {
            end = updates.end(PATIENCE);
        }
        assertThat(end.getString("stage")).as(end.encode()).isEqualTo("failed");
        assertThat(end.getString("status")).isIn("PARTIAL", "FAILED");
        assertThat(server.video(id).getJsonObject("error").getString("code")).isEqualTo("corrupt_input");
        System.out.printf("half an MP4 ends as %s: %s%n", end.getString("status"), end.getValue("error"));
        if (end.getString("status").equals("FAILED")) {
            nothingIsLeft(id);
            assertThat(server.get("/media/" + id + "/preview.m3u8").statusCode())
                    .isIn(404, 410);
        } else {
            assertThat(Presentation.text(server, id, "144p/index.m3u8")).contains("#EXT-X-ENDLIST");
        }
        completes();
    }

    private static void isRefusedAtOnce(Path file, String code) {
        JsonObject answer = server.upload(file, file.getFileName().toString());
        long answered = System.nanoTime();
        String id = answer.getString("id");
        try (Updates updates = server.follow(id)) {
            JsonObject end = updates.end(PATIENCE);
            long millis = (System.nanoTime() - answered) / 1_000_000;
            assertThat(end.getString("status")).as(end.encode()).isEqualTo("FAILED");
            assertThat(end.getJsonObject("error").getString("code")).isEqualTo(code);
            assertThat(end.getJsonObject("error").getString("message"))
                    .isNotBlank()
                    .doesNotContain(folder.toString());
            System.out.printf("%s: %s after %d ms%n", file.getFileName(), code, millis);
            assertThat(millis).as("milliseconds until the refusal").isLessThan(AT_ONCE_MILLIS);
        }
        assertThat(server.video(id).getJsonObject("error").getString("code")).isEqualTo(code);
        nothingIsLeft(id);
        assertThat(server.get("/media/" + id + "/master.m3u8").statusCode()).isEqualTo(404);
    }

    /** Files go right after the last update; each look at them is a round trip to the server. */
    private static void nothingIsLeft(String id) {
        Futures.until(() -> {
            server.get("/health/live");
            return Future.succeededFuture(
                    files(server.data().resolve("media").resolve(id)).isEmpty()
                            && files(server.data().resolve("work")).isEmpty());
        });
        DataProcesses.awaitNone(server.data(), 5, "/ffmpeg ");
        DataProcesses.awaitNone(server.data(), 5, "/ffprobe ");
    }

    private static void completes() {
        String id = server.upload(good, "good").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        Presentation.check(server, id, folder);
    }

    private static List<Path> files(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(root); // gone while we looked: look again
        }
    }
}
