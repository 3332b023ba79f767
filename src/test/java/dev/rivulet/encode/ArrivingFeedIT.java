package dev.rivulet.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.job.EarlySource;
import dev.rivulet.job.EarlySource.Part;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.Arrivals;
import dev.rivulet.store.ArrivingFile;
import dev.rivulet.store.ArrivingFile.Stretch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index comes first here, so that the bytes are fed as they lie. */
class ArrivingFeedIT {
    private static final VideoId VIDEO = VideoId.random();
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String WHOLE = "the beginning and the end";
    private static final int THERE = 13;

    @TempDir
    Path folder;

    private final Arrivals arrivals = new Arrivals();
    private final ByteArrayOutputStream fed = new ByteArrayOutputStream();
    private Path part;
    private Path source;

    @BeforeEach
    void half() throws IOException {
        part = Files.writeString(folder.resolve("part"), WHOLE.substring(0, THERE));
        source = folder.resolve("source");
    }

    @Test
    void whatStandsStillIsGivenBackAfterItsPatience() throws IOException {
        try (ArrivingFile file = open()) {
            ArrivingFeed feed = feed(file, Duration.ofMillis(20));
            assertThatThrownBy(() -> feed.write(fed, () -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nothing has arrived");
            assertThat(feed.complete()).isFalse();
        }
        assertThat(fed.toString(StandardCharsets.UTF_8)).isEqualTo(WHOLE.substring(0, THERE));
    }

    @Test
    void whatMovesIsWaitedForHoweverOften() throws Exception {
        try (ArrivingFile file = open()) {
            ArrivingFeed feed = feed(file, LONG);
            arrivals.moved(VIDEO, THERE + 1);
            append(WHOLE.substring(THERE, THERE + 1));
            feed.write(fed, this::oneMore);
            assertThat(feed.complete()).isTrue();
        }
        assertThat(fed.toString(StandardCharsets.UTF_8)).isEqualTo(WHOLE);
    }

    @Test
    void theFinalNameOfTheFileSaysThatAllIsThere() throws Exception {
        try (ArrivingFile file = open()) {
            append(WHOLE.substring(THERE));
            Files.move(part, source);
            feed(file, Duration.ofMillis(20)).write(fed, () -> {});
        }
        assertThat(fed.toString(StandardCharsets.UTF_8)).isEqualTo(WHOLE);
    }

    /** A form does not tell how long its file is. */
    @Test
    void theWholeMayBeShorterThanItWasTakenFor() throws Exception {
        try (ArrivingFile file = open()) {
            Files.move(part, source);
            ArrivingFeed feed = feed(file, Duration.ofMillis(20));
            feed.write(fed, () -> {});
            assertThat(feed.complete()).isTrue();
        }
        assertThat(fed.toString(StandardCharsets.UTF_8)).isEqualTo(WHOLE.substring(0, THERE));
    }

    /** Another byte arrives whenever all that were told of have been taken. */
    private void oneMore() {
        try {
            int size = (int) Files.size(part);
            if (size < WHOLE.length()) {
                append(WHOLE.substring(size, size + 1));
                arrivals.moved(VIDEO, size + 1);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void append(String more) {
        try {
            Files.writeString(part, more, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ArrivingFile open() throws IOException {
        return ArrivingFile.open(List.of(new Stretch(part, WHOLE.length(), THERE)));
    }

    private ArrivingFeed feed(ArrivingFile file, Duration patience) {
        EarlySource whole = new EarlySource(List.of(new Part(VIDEO, WHOLE.length())), 0, 0, 0, "");
        return new ArrivingFeed(arrivals, file, whole, VIDEO, source, patience);
    }
}
