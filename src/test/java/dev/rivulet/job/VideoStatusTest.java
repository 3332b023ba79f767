package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VideoStatusTest {
    @ParameterizedTest
    @CsvSource({
        "UPLOADING, PROCESSING FAILED CANCELLED",
        "PROCESSING, READY COMPLETED PARTIAL FAILED CANCELLED",
        "READY, COMPLETED PARTIAL CANCELLED",
        "COMPLETED, ''",
        "PARTIAL, PROCESSING READY",
        "FAILED, PROCESSING",
        "CANCELLED, ''"
    })
    void mayBecomeTheseAndNoOther(VideoStatus from, String next) {
        assertThat(Arrays.stream(VideoStatus.values())
                        .filter(from::mayBecome)
                        .map(VideoStatus::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @EnumSource(VideoStatus.class)
    void becomesWhatComesFromIt(VideoStatus next) {
        assertThat(Arrays.stream(VideoStatus.values()).filter(from -> from.mayBecome(next)))
                .containsExactlyInAnyOrderElementsOf(next.origins());
    }

    @ParameterizedTest
    @CsvSource({
        "UPLOADING, false",
        "PROCESSING, false",
        "READY, false",
        "COMPLETED, true",
        "PARTIAL, true",
        "FAILED, true",
        "CANCELLED, true"
    })
    void isSettledWhenNothingMoreHappensByItself(VideoStatus status, boolean settled) {
        assertThat(status.settled()).isEqualTo(settled);
    }

    @ParameterizedTest
    @EnumSource(VideoStatus.class)
    void hasAMasterWhenItsVideoCanBeWatched(VideoStatus status) {
        assertThat(status.hasMaster())
                .isEqualTo(Set.of(VideoStatus.READY, VideoStatus.COMPLETED, VideoStatus.PARTIAL)
                        .contains(status));
    }
}
