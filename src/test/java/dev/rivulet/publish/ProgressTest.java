package dev.rivulet.publish;

import static dev.rivulet.publish.Videos.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Underway;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, ",
        "0, 0.0199, ",
        "0, 0.02, 2.0",
        "0, 0.4567, 45.6",
        "10, 0.1199, ",
        "10, 0.12, 12.0",
        "97, 0.995, 99.0",
        "97, 1, 99.0",
        "98, 1, ",
        "99, 1, ",
        "50, 0.4, ",
        "0, 7, 99.0",
        "0, -1, "
    })
    void isToldWhenItHasMovedByTwoPointsAndNeverTheLast(double told, double share, Double next) {
        assertThat(Progress.update(underway(told, share), START.plusSeconds(1))
                        .map(Announcement::progress)
                        .orElse(null))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"10, 0.1, 90", "10, 0.5, 10", "0, 0.5, 0", "100, 0.99, 1", "3600, 0.02, 176400", "-5, 0.5, 0"})
    void theRestTakesAsLongAtThePaceSoFar(int seconds, double share, long eta) {
        assertThat(Progress.update(underway(0, share), START.plusSeconds(seconds))
                        .map(Announcement::fields))
                .contains(Map.of("eta", eta));
    }

    /** 40 points were made in the minutes of the upload, which say nothing of the pace now. */
    @ParameterizedTest
    @CsvSource({"10, 0.5, 50", "10, 0.7, 10", "2, 0.42, 58", "1, 0.405, ", "1, 0.4, ", "1, 0.36, "})
    void whatWasMadeDuringTheUploadMakesNobodyWaitLessThanIsSaid(int seconds, double share, Long eta) {
        Map<String, Object> told = eta == null ? Map.of() : Map.of("eta", eta);
        Underway begunBefore = new Underway(VideoId.random(), 30, START, 40, share);
        assertThat(Progress.update(begunBefore, START.plusSeconds(seconds)).map(Announcement::fields))
                .contains(told);
    }

    @Test
    void isARepeatableUpdateOfProcessing() {
        assertThat(Progress.update(underway(10, 0.5), START.plusSeconds(10)))
                .contains(Announcement.repeatable("processing", 50.0, Map.of("eta", 10L)));
    }

    @Test
    void aWholeRunTellsAtMostFiftyTimes() {
        double told = 0;
        int times = 0;
        for (int i = 0; i <= 10_000; i++) {
            var update = Progress.update(underway(told, i / 10_000.0), START.plusSeconds(i));
            if (update.isPresent()) {
                told = update.get().progress();
                times++;
            }
        }
        assertThat(times).isBetween(45, 50);
        assertThat(told).isLessThan(100);
    }

    private static Underway underway(double told, double share) {
        return new Underway(VideoId.random(), told, START, 0, share);
    }
}
