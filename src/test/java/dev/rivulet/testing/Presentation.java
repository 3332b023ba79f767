package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.media.Fragment;
import dev.rivulet.media.InitSegment;
import io.lindstrom.m3u8.model.MasterPlaylist;
import io.lindstrom.m3u8.model.MediaPlaylist;
import io.lindstrom.m3u8.model.MediaSegment;
import io.lindstrom.m3u8.model.MediaType;
import io.lindstrom.m3u8.model.PlaylistType;
import io.lindstrom.m3u8.model.Variant;
import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import io.lindstrom.m3u8.parser.PlaylistParserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches a published presentation as a player does, and checks what every player relies on. */
public final class Presentation {
    private final Site server;
    private final String folder;

    private Presentation(Site server, String id) {
        this.server = server;
        this.folder = "/media/" + id + "/";
    }

    /** What a rendition was found to be. */
    public record Checked(String uri, int segments, int samples, double seconds) {}

    /** Checks the finished presentation of a video; returns its variants, ascending, then its sound. */
    public static List<Checked> check(Site server, String id, Path work) {
        Presentation presentation = new Presentation(server, id);
        MasterPlaylist master = presentation.master();
        assertThat(master.independentSegments()).isTrue();
        List<Checked> checked = new ArrayList<>();
        List<Long> bandwidths =
                master.variants().stream().map(Variant::bandwidth).toList();
        assertThat(bandwidths).isSorted().doesNotHaveDuplicates();
        for (Variant variant : master.variants()) {
            assertThat(variant.averageBandwidth()).get().satisfies(mean -> assertThat(mean)
                    .isLessThanOrEqualTo(variant.bandwidth()));
            assertThat(variant.codecs()).isNotEmpty();
            checked.add(presentation.media(variant.uri(), work));
        }
        assertThat(checked.stream().map(Checked::samples).distinct()).hasSize(1);
        assertThat(checked.stream().map(Checked::segments).distinct()).hasSize(1);
        master.alternativeRenditions().stream()
                .filter(rendition -> rendition.type() == MediaType.AUDIO)
                .forEach(audio -> checked.add(presentation.media(audio.uri().orElseThrow(), work)));
        return checked;
    }

    public static MasterPlaylist master(Site server, String id) {
        return new Presentation(server, id).master();
    }

    private MasterPlaylist master() {
        try {
            return new MasterPlaylistParser()
                    .readPlaylist(server.get(folder + "master.m3u8").body());
        } catch (PlaylistParserException e) {
            throw new AssertionError(e);
        }
    }

    private Checked media(String uri, Path work) {
        MediaPlaylist playlist;
        try {
            playlist = new MediaPlaylistParser()
                    .readPlaylist(server.get(folder + uri).body());
        } catch (PlaylistParserException e) {
            throw new AssertionError(e);
        }
        assertThat(playlist.playlistType()).contains(PlaylistType.VOD);
        assertThat(playlist.ongoing()).isFalse();
        String base = folder + uri.substring(0, uri.lastIndexOf('/') + 1);
        byte[] initFile = server.bytes(base + "init.mp4").body();
        InitSegment init = InitSegment.parse(initFile);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(initFile);
        long expected = 0;
        int samples = 0;
        for (MediaSegment segment : playlist.mediaSegments()) {
            byte[] file = server.bytes(base + segment.uri()).body();
            whole.writeBytes(file);
            Fragment fragment = Fragment.parse(file, init);
            assertThat(fragment.decodeTime()).as(base + segment.uri()).isEqualTo(expected);
            assertThat(fragment.startsWithSync()).isTrue();
            assertThat(segment.duration())
                    .isCloseTo(
                            fragment.ticks() / (double) init.timescale(), org.assertj.core.data.Offset.offset(0.001));
            assertThat(Math.round(segment.duration())).isLessThanOrEqualTo(playlist.targetDuration());
            expected += fragment.ticks();
            samples += fragment.samples();
        }
        decodes(whole.toByteArray(), work);
        return new Checked(uri, playlist.mediaSegments().size(), samples, expected / (double) init.timescale());
    }

    /** The whole of a rendition decodes without a word. */
    private static void decodes(byte[] file, Path work) {
        try {
            Path path = Files.write(Files.createTempFile(work, "rendition", ".mp4"), file);
            MadeMedia.Output output = MadeMedia.run(List.of(
                    MadeMedia.ffmpegPath(),
                    "-nostdin",
                    "-v",
                    "error",
                    "-xerror",
                    "-i",
                    path.toString(),
                    "-f",
                    "null",
                    "-"));
            assertThat(output.exit()).as(output.text()).isZero();
            assertThat(output.text().lines().filter(line -> !line.contains("non monotonically increasing dts")))
                    .isEmpty();
            Files.delete(path);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Text of a playlist. */
    public static String text(Site server, String id, String name) {
        return new String(server.bytes("/media/" + id + "/" + name).body(), StandardCharsets.UTF_8);
    }

    /** Writes a rendition into one file: its initialization, then its segments, as the playlist names them. */
    public static Path whole(Site server, String id, String playlist, Path file) {
        String base = "/media/" + id + "/" + playlist.substring(0, playlist.lastIndexOf('/') + 1);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(server.bytes(base + "init.mp4").body());
            for (String line : text(server, id, playlist).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    out.write(server.bytes(base + line.strip()).body());
                }
            }
            return file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
