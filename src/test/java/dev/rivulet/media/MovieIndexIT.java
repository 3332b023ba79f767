package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.testing.MadeMedia;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index of real files against what ffprobe says of them. */
class MovieIndexIT {
    private static final String FILM = "-f lavfi -i testsrc2=size=320x180:rate=30:duration=12 -f lavfi -i"
            + " sine=sample_rate=48000:duration=12 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-bf 2 -g 30",
                "-bf 0 -g 60 -movflags +faststart",
                "-bf 3 -g 90 -movflags +faststart+negative_cts_offsets",
                "-g 30 -use_editlist 0 -f mov",
                "-bf 2 -g 30 -video_track_timescale 600"
            })
    void tellsHowMuchHasToBeThereForEachMoment(String words) throws IOException {
        Path file = MadeMedia.made(folder.resolve("film.mp4"), FILM + words);
        byte[] bytes = Files.readAllBytes(file);
        MovieHead.Found found = (MovieHead.Found) MovieHead.look(available(bytes, bytes.length), bytes.length);
        assertThat(found.front() > 0).isEqualTo(!words.contains("faststart"));
        MovieIndex index = MovieIndex.of(ByteBuffer.wrap(bytes).slice((int) found.offset() + 8, found.length() - 8));
        List<double[]> packets = packets(file);
        for (double second = 0; second < 12; second += 0.5) {
            double moment = second;
            long needed = packets.stream()
                    .filter(packet -> packet[0] <= moment)
                    .mapToLong(packet -> (long) packet[1])
                    .max()
                    .orElseThrow();
            long soon = packets.stream()
                    .filter(packet -> packet[0] <= moment + 1)
                    .mapToLong(packet -> (long) packet[1])
                    .max()
                    .orElseThrow();
            assertThat(index.bytesUntil(Rational.parse(Double.toString(moment)), bytes.length))
                    .isBetween(needed, soon);
        }
        assertThat(index.bytesUntil(Rational.of(1000), bytes.length)).isLessThanOrEqualTo(bytes.length);
        assertThat(index.bytesUntil(Rational.of(1000), 100)).isEqualTo(100);
        assertThat(index.farthest().toDouble()).isBetween(0.9, 3.1);
        long behind = index.bytesBehind(Rational.of(4), 16, bytes.length);
        assertThat(behind)
                .isGreaterThan(index.bytesUntil(Rational.of(4), bytes.length))
                .isEqualTo(index.bytesUntil(new Rational(4 * 30 + 16, 30), bytes.length));
        assertThat(index.bytesBehind(Rational.of(4), 100_000, bytes.length))
                .isEqualTo(index.bytesUntil(Rational.of(1000), bytes.length));
    }

    @Test
    void saysFromWhereOnAnotherLookIsOfUse() throws IOException {
        byte[] bytes = Files.readAllBytes(MadeMedia.made(folder.resolve("film.mp4"), FILM + "-movflags +faststart"));
        MovieHead.Found found = (MovieHead.Found) MovieHead.look(available(bytes, bytes.length), bytes.length);
        long end = found.offset() + found.length();
        assertThat(MovieHead.look(available(bytes, 10), bytes.length)).isEqualTo(new MovieHead.NotYet(16));
        assertThat(MovieHead.look(available(bytes, (int) end - 1), bytes.length))
                .isEqualTo(new MovieHead.NotYet(end));
        assertThat(MovieHead.look(available(bytes, (int) end), bytes.length)).isEqualTo(found);
    }

    @Test
    void ofFragmentsAndOfOtherFilesThereIsNoIndex() throws IOException {
        byte[] fragments = Files.readAllBytes(
                MadeMedia.made(folder.resolve("film.mp4"), FILM + "-movflags +frag_keyframe+empty_moov"));
        MovieHead head = MovieHead.look(available(fragments, fragments.length), fragments.length);
        MovieHead.Found found = (MovieHead.Found) head;
        ByteBuffer moov = ByteBuffer.wrap(fragments).slice((int) found.offset() + 8, found.length() - 8);
        assertThatThrownBy(() -> MovieIndex.of(moov)).isInstanceOf(MalformedMediaException.class);
        byte[] noise = new byte[5000];
        Arrays.fill(noise, (byte) 0x47);
        assertThat(MovieHead.look(available(noise, 5000), 5000)).isInstanceOf(MovieHead.Unsuited.class);
    }

    @Test
    void anIndexThatIsMovedToTheFrontReadsTheSameInOrder() throws IOException {
        Path file = MadeMedia.made(folder.resolve("film.mp4"), FILM + "-bf 2 -g 30");
        byte[] bytes = Files.readAllBytes(file);
        MovieHead.Found found = (MovieHead.Found) MovieHead.look(available(bytes, bytes.length), bytes.length);
        int front = (int) found.front();
        int at = (int) found.offset();
        ByteBuffer moved = ByteBuffer.allocate(bytes.length);
        moved.put(bytes, 0, front);
        moved.put(MovieHead.moved(Arrays.copyOfRange(bytes, at, at + found.length()), at));
        moved.put(bytes, front, at - front);
        moved.put(bytes, at + found.length(), bytes.length - at - found.length());
        Path copy = Files.write(folder.resolve("moved.mp4"), moved.array());
        assertThat(frames(copy)).isEqualTo(frames(file));
    }

    private static String frames(Path file) {
        return MadeMedia.run(List.of(
                        MadeMedia.ffmpegPath(), "-v", "error", "-xerror", "-i", file.toString(), "-f", "md5", "-"))
                .text();
    }

    private static MovieHead.Bytes available(byte[] bytes, int arrived) {
        return (offset, length) -> offset + length <= arrived
                ? Optional.of(Arrays.copyOfRange(bytes, (int) offset, (int) offset + length))
                : Optional.empty();
    }

    /** Time and end of each packet of pictures. */
    private static List<double[]> packets(Path file) {
        String text = MadeMedia.run(List.of(
                        MadeMedia.bundled().ffprobe().toString(),
                        "-v",
                        "error",
                        "-select_streams",
                        "v",
                        "-show_entries",
                        "packet=pts_time,size,pos",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .text();
        List<double[]> packets = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.split(",");
            packets.add(new double[] {
                Double.parseDouble(words[0]), Double.parseDouble(words[1]) + Double.parseDouble(words[2])
            });
        }
        return packets;
    }
}
