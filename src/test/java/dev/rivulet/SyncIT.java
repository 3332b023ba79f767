package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.FlashAndBeep;
import dev.rivulet.testing.FlashAndBeep.Pair;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lip sync from end to end. One minute of film for each kind of source; {@code -Dsync.minutes=10}, as bench/sync does it,
 * shows that nothing drifts in a longer one.
 */
class SyncIT {
    private static final double MOST_MILLIS = 10;
    private static final int SECONDS = Integer.getInteger("sync.minutes", 1) * 60;
    private static final long PATIENCE = 60 + 3L * SECONDS;
    private static final String[] H264_AAC = {
        "-c:v", "libx264", "-preset", "veryfast", "-g", "120", "-c:a", "aac", "-b:a", "96k"
    };
    private static final String[] H264_OPUS = {
        "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "libopus", "-b:a", "64k"
    };

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

    static Stream<Arguments> sources() {
        return Stream.of(
                Arguments.of("plain.mp4", 0, 0, H264_AAC),
                Arguments.of("opus.mkv", 0, 0, H264_OPUS),
                Arguments.of("late-sound.mp4", 0, 1, H264_AAC),
                Arguments.of("late-picture.mp4", 0.5, 0, H264_AAC),
                Arguments.of("late-picture.mkv", 0.5, 0, H264_OPUS),
                Arguments.of("origin-10s.mp4", 0, 0, with(H264_AAC, "-output_ts_offset", "10")),
                Arguments.of("origin-10s.mkv", 0, 0, with(H264_AAC, "-output_ts_offset", "10")));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void flashAndBeepStayTogether(String name, double pictureDelay, double soundDelay, String[] output) {
        Path film = FlashAndBeep.make(folder.resolve(name), SECONDS, pictureDelay, soundDelay, output);
        List<Pair> pairs = published(film);
        assertThat(pairs).hasSize(SECONDS / 5);
        Pair worst = pairs.stream()
                .max(Comparator.comparingDouble(pair -> Math.abs(pair.offset())))
                .orElseThrow();
        String figures = name + ": " + shown("start", pairs.get(0)) + shown("middle", pairs.get(pairs.size() / 2))
                + shown("end", pairs.get(pairs.size() - 1)) + shown("worst", worst);
        System.out.println(figures);
        assertThat(Math.abs(worst.offset())).as(figures).isLessThan(MOST_MILLIS);
    }

    /** Or else the figures above would mean nothing. */
    @Test
    void soundThatIsLateInTheFilmIsMeasuredAsLate() {
        Path film = FlashAndBeep.make(folder.resolve("late.mp4"), 15, 0, 0, with(H264_AAC, "-af", "adelay=30:all=1"));
        assertThat(published(film)).hasSize(3).allSatisfy(pair -> assertThat(pair.offset())
                .isBetween(28.0, 32.0));
    }

    private static List<Pair> published(Path film) {
        String id = server.upload(film, film.getFileName().toString()).getString("id");
        try (Updates updates = server.follow(id)) {
            assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
        }
        return FlashAndBeep.measure(server, id, folder);
    }

    private static String shown(String where, Pair pair) {
        return String.format(Locale.ROOT, "%s %+.2f ms (flash at %.3f s); ", where, pair.offset(), pair.flash());
    }

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
