package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.SharedChecker;
import dev.rivulet.testing.Subtitles;
import dev.rivulet.testing.Subtitles.Shown;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subtitles inside a source, published and read back by ffmpeg, against what ffmpeg reads of the source itself. */
@BesideOthers
class SubtitlesIT {
    private static final String GERMAN =
            """
            1
            00:00:01,000 --> 00:00:02,500
            Gr\u00fc\u00dfe & <i>K\u00fcsse</i>

            2
            00:00:28,000 --> 00:00:32,040
            \u00fcber die --> Grenze

            3
            00:00:33,000 --> 00:00:55,000
            l\u00e4nger als das Bild
            """;
    private static final String ENGLISH =
            """
            [Script Info]
            ScriptType: v4.00+
            [V4+ Styles]
            Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Underline, Alignment, Encoding
            Style: Default,Arial,20,&H00FFFFFF,0,0,0,2,1
            [Events]
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
            Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,Hello {\\b1}world{\\b0}
            Dialogue: 0,0:00:02.00,0:00:04.00,Default,,0,0,0,,overlapping\\Nlines
            """;
    private static final long PATIENCE = 120;

    @TempDir
    static Path folder;

    static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(folder.resolve("data"));
        Files.writeString(folder.resolve("de.srt"), GERMAN);
        Files.writeString(folder.resolve("en.ass"), ENGLISH);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Class DIRECT; a late start; a live recording, of which a copy is read whose clock is another. */
    @ParameterizedTest
    @CsvSource({"plain.mkv, 0, copy", "plain.mp4, 0, mov_text", "late.mkv, 588, copy", "live.mkv, 7, copy"})
    void twoLanguagesArePublishedAsTheyAreInTheSource(String name, int late, String codec) {
        Path clip = source(name, late, codec);
        String id = completed(clip);

        String master = Presentation.text(server, id, "master.m3u8");
        assertThat(master)
                .contains("TYPE=SUBTITLES", "LANGUAGE=\"ger\"", "LANGUAGE=\"eng\"", "URI=\"subs-1/index.m3u8\"");
        assertThat(master.lines().filter(line -> line.startsWith("#EXT-X-STREAM-INF")))
                .isNotEmpty()
                .allMatch(line -> line.contains("SUBTITLES=\"subs\""));
        assertThat(sameAsTheSource(clip, id, 2)).isGreaterThanOrEqualTo(5);
        String second = Presentation.text(server, id, "subs-0/seg_00001.vtt");
        assertThat(second).contains("00:00:28.000 --> 00:00:32.040\n\u00fcber die --&gt; Grenze\n");
        assertThat(Presentation.text(server, id, "subs-1/seg_00001.vtt")).doesNotContain("world");
        HttpResponse<String> file = server.get("/media/" + id + "/subs-0/seg_00000.vtt");
        assertThat(file.headers().firstValue("Content-Type")).contains("text/vtt");
        assertThat(file.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    }

    @ParameterizedTest
    @CsvSource({
        "tracks/sample_with_srt.mkv, 1",
        "tracks/sample_with_overlapping_ssa.mkv, 1",
        "tracks/vp8-vorbis-webvtt.webm, 1",
        "synthetic/kitchen_sink.mkv, 2",
    })
    void subtitlesOfRealFilesArePublishedAsTheyAre(String clip, int tracks) {
        Path source = SharedChecker.SHARED.resolve("media").resolve(clip);
        assumeTrue(Files.isRegularFile(source), "no clips in " + SharedChecker.SHARED);

        assertThat(sameAsTheSource(source, completed(source), tracks)).isPositive();
    }

    @Test
    void picturesOfTextAreNamedAsIgnored() {
        Path source = SharedChecker.SHARED.resolve("media/tracks/sample_with_pgs_subtitles.mkv");
        assumeTrue(Files.isRegularFile(source), "no clips in " + SharedChecker.SHARED);
        String id = completed(source);

        assertThat(server.manifest(id).getJsonObject("source").getJsonArray("ignored"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("index", 2)
                                .put("codec", "hdmv_pgs_subtitle")
                                .put("reason", "subtitles that are no text")));
        assertThat(Presentation.text(server, id, "master.m3u8")).doesNotContain("SUBTITLES");
    }

    private static int sameAsTheSource(Path clip, String id, int tracks) {
        JsonArray listed = server.manifest(id).getJsonArray("subtitles");
        assertThat(listed).hasSize(tracks);
        long length = Math.round(server.manifest(id).getJsonObject("grid").getDouble("duration") * 1000);
        int compared = 0;
        for (int track = 0; track < tracks; track++) {
            List<Shown> expected = Subtitles.ofSource(clip, track, length);
            List<Shown> published = Subtitles.published(server, id, track);
            assertThat(published).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(published.get(i).text()).isEqualTo(expected.get(i).text());
                assertThat(published.get(i).start())
                        .isBetween(expected.get(i).start() - 1, expected.get(i).start() + 1);
                assertThat(published.get(i).end())
                        .isBetween(expected.get(i).end() - 1, expected.get(i).end() + 1);
            }
            compared += expected.size();
        }
        return compared;
    }

    private static String completed(Path clip) {
        String id = server.upload(clip, clip.getFileName().toString()).getString("id");
        try (Updates updates = server.follow(id)) {
            JsonObject end = updates.end(PATIENCE);
            assertThat(end.getString("status")).as(end.encode()).isEqualTo("COMPLETED");
        }
        return id;
    }

    /** Forty seconds with two languages; nothing in it begins before {@code late} seconds. */
    private static Path source(String name, int late, String codec) {
        Path plain = folder.resolve("made-" + name);
        List<String> args = new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc2=size=256x144:rate=25:duration=40"));
        args.addAll(List.of("-f", "lavfi", "-i", "sine=duration=40"));
        args.addAll(List.of("-i", folder.resolve("de.srt").toString()));
        args.addAll(List.of("-i", folder.resolve("en.ass").toString()));
        args.addAll(List.of("-map", "0", "-map", "1", "-map", "2", "-map", "3", "-c:v", "libx264", "-preset"));
        args.addAll(List.of("ultrafast", "-bf", "2", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac", "-c:s", codec));
        args.addAll(List.of("-metadata:s:s:0", "language=ger", "-metadata:s:s:1", "language=eng", plain.toString()));
        MadeMedia.ffmpeg(args);
        if (late == 0) {
            return plain;
        }
        Path moved = folder.resolve(name);
        List<String> move = new ArrayList<>(List.of("-copyts", "-itsoffset", Integer.toString(late)));
        move.addAll(List.of("-i", plain.toString(), "-map", "0", "-c", "copy"));
        if (name.startsWith("live")) {
            move.addAll(List.of("-live", "1"));
        }
        move.add(moved.toString());
        MadeMedia.ffmpeg(move);
        return moved;
    }
}
