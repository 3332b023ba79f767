package dev.rivulet;

import static dev.rivulet.testing.BoxFile.box;
import static dev.rivulet.testing.BoxFile.number;
import static dev.rivulet.testing.BoxFile.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BoxFile;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to read what is not theirs, to call out, or to eat the machine: refused in seconds, and nothing gets out. */
class HostileFilesIT {
    private static final long PATIENCE = 60;
    private static final long SOON_MILLIS = 8000;
    private static final int FAR = 5000;
    private static final int LARGE = 50 << 20;

    @TempDir
    static Path folder;

    static RunningServer server;
    static ServerSocketChannel listener;
    static Path canary;
    static String secret;
    static byte[] good;

    @BeforeAll
    static void start() throws IOException {
        secret = "canary-" + UUID.randomUUID();
        canary = Files.writeString(folder.resolve("canary.txt"), (secret + "\n").repeat(FAR));
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        Path clip = MadeMedia.clip(
                folder.resolve("clip.mp4"),
                "256x144",
                "25",
                2,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-fflags",
                "+bitexact");
        good = endingWithTrack(Files.readAllBytes(clip));
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        listener.close();
    }

    @AfterEach
    void nothingGotOut() throws IOException {
        assertThat(listener.accept()).as("nobody calls").isNull();
        byte[] wanted = secret.getBytes(StandardCharsets.UTF_8);
        for (Path file : files()) {
            assertThat(contains(file, wanted)).as(file + " holds the canary").isFalse();
        }
        DataProcesses.awaitNone(server.data(), 5, "/ffmpeg ");
        DataProcesses.awaitNone(server.data(), 5, "/ffprobe ");
    }

    @Test
    void readinessTellsWhetherThereIsASandbox() {
        JsonObject ready = new JsonObject(server.get("/health/ready").body());
        JsonObject sandbox = ready.getJsonObject("checks").getJsonObject("sandbox");
        System.out.println("sandbox: " + sandbox);
        assertThat(ready.getString("status")).isEqualTo("UP");
        assertThat(sandbox.getString("status")).isIn("UP", "NONE");
        assertThat(sandbox.getString("detail")).isNotBlank();
    }

    static Stream<String> texts() {
        String port = Integer.toString(((InetSocketAddress) address()).getPort());
        List<String> targets = List.of(
                canary.toString(),
                "file://" + canary,
                "http://127.0.0.1:" + port + "/x.ts",
                "tcp://127.0.0.1:" + port,
                "subfile,,start,0,end,0,,:" + canary,
                "concat:" + canary + "|http://127.0.0.1:" + port + "/x",
                "data:text/plain," + secret.substring(0, 6));
        List<String> texts = new ArrayList<>();
        for (String target : targets) {
            texts.add("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MAP:URI=\"" + target + "\"\n#EXTINF:2,\n" + target
                    + "\n#EXT-X-ENDLIST\n");
            texts.add("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n" + target + "\n");
            texts.add("ffconcat version 1.0\nfile '" + target + "'\n");
            texts.add("file '" + target + "'\n");
            texts.add("<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\""
                    + " mediaPresentationDuration=\"PT2S\" profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\">"
                    + "<Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\">"
                    + "<BaseURL>" + target + "</BaseURL></Representation></AdaptationSet></Period></MPD>\n");
        }
        texts.add("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video " + port
                + " RTP/AVP 96\na=rtpmap:96 H264/90000\n");
        texts.add("subfile,,start,0,end,0,,:" + canary);
        return texts.stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatNamesOtherFilesIsNotAVideo(String text) throws IOException {
        isRefused(text.getBytes(StandardCharsets.UTF_8), "list.mp4", "not_a_video");
    }

    /** A file may be called anything: its name reaches no command line. */
    @ParameterizedTest
    @ValueSource(strings = {"subfile,,start,0,end,0,,:canary.txt", "concat:a|b", "-i", "pipe:0", "%0100000d.mp4"})
    void aNameIsOnlyAName(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), good);
        String id = server.upload(file, name).getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
    }

    @Test
    void samplesInAnotherFileAreNotRead() throws IOException {
        isRefused(BoxFile.filmElsewhere(canary.toString(), 16, 16), "elsewhere.mov", "corrupt_input", "encode_failed");
        isRefused(
                BoxFile.filmElsewhere("http://127.0.0.1:1/x", 16, 16),
                "elsewhere.mov",
                "corrupt_input",
                "encode_failed");
    }

    @Test
    void hugePicturesAreRefused() throws IOException {
        isRefused(BoxFile.filmElsewhere(canary.toString(), 20_000, 10_000), "huge.mov", "too_many_pixels");
        // ffmpeg itself takes no such size for one.
        isRefused(BoxFile.filmElsewhere(canary.toString(), 65_535, 65_535), "huge.mov", "unsupported_codec");
    }

    @Test
    void thousandsOfTracksAreRefused() throws IOException {
        int moov = BoxFile.find(good, 0, good.length, "moov");
        int trak = BoxFile.find(good, moov + 8, good.length, "trak");
        byte[] track = Arrays.copyOfRange(good, trak, trak + BoxFile.size(good, trak));
        byte[][] tracks = new byte[FAR][];
        Arrays.fill(tracks, track);
        isRefused(grown(moov, BoxFile.join(tracks)), "tracks.mp4", "corrupt_input");
    }

    @Test
    void aTitleThatIsTooLongForATrackIsRefused() throws IOException {
        Path title =
                Files.writeString(folder.resolve("title.txt"), ";FFMETADATA1\ntitle=" + "x".repeat(LARGE / 5) + "\n");
        Path file = folder.resolve("title.mkv");
        MadeMedia.ffmpeg(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=128x72:duration=1",
                "-f",
                "ffmetadata",
                "-i",
                title.toString(),
                "-map",
                "0",
                "-map_metadata:s:v",
                "1:g",
                file.toString()));
        isRefused(Files.readAllBytes(file), "title.mkv", "corrupt_input");
    }

    /** Nobody asks for what the file as a whole is called. */
    @Test
    void aTitleThatIsTooLongForAFilmIsLeftOut() throws IOException {
        int moov = BoxFile.find(good, 0, good.length, "moov");
        byte[] text = zeros(LARGE);
        Arrays.fill(text, (byte) 'x');
        byte[] title = box("\u00a9nam", box("data", number(4, 1), zeros(4), text));
        byte[] handler = box("hdlr", zeros(8), "mdirappl".getBytes(StandardCharsets.US_ASCII), zeros(9));
        byte[] file = grown(moov, box("udta", box("meta", zeros(4), handler, box("ilst", title))));
        Path path = Files.write(folder.resolve("film.mp4"), file);
        String id = server.upload(path, "film.mp4").getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
    }

    /** Without what comes after the last track, so that boxes can grow at the end of the file. */
    private static byte[] endingWithTrack(byte[] file) {
        int moov = BoxFile.find(file, 0, file.length, "moov");
        int trak = BoxFile.find(file, moov + 8, file.length, "trak");
        int end = trak + BoxFile.size(file, trak);
        byte[] cut = Arrays.copyOf(file, end);
        System.arraycopy(number(4, end - moov), 0, cut, moov, 4);
        return cut;
    }

    /** The good file with more at the end of a box that ends where it ends. */
    private static byte[] grown(int box, byte[] more) {
        byte[] file = BoxFile.join(good, more);
        System.arraycopy(number(4, BoxFile.size(good, box) + more.length), 0, file, box, 4);
        return file;
    }

    private static void isRefused(byte[] content, String name, String... codes) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        String id = server.upload(file, name).getString("id");
        long uploaded = System.nanoTime();
        try (Updates updates = server.follow(id)) {
            JsonObject end = updates.end(PATIENCE);
            long millis = (System.nanoTime() - uploaded) / 1_000_000;
            assertThat(end.getString("status")).as(end.encode()).isEqualTo("FAILED");
            assertThat(end.getJsonObject("error").getString("code")).isIn((Object[]) codes);
            assertThat(end.getJsonObject("error").getString("message")).doesNotContain(folder.toString());
            System.out.printf("%s: %s after %d ms%n", name, end.getJsonObject("error"), millis);
            assertThat(millis).isLessThan(SOON_MILLIS);
        }
    }

    /** All that the server keeps; what goes while we look is not kept. */
    private static List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(server.data(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                all.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    private static java.net.SocketAddress address() {
        try {
            return listener.getLocalAddress();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean contains(Path file, byte[] wanted) throws IOException {
        try {
            // One byte a character: a search for bytes.
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
