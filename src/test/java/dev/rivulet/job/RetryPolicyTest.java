package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final RetryPolicy THREE = new RetryPolicy(3);

    @ParameterizedTest
    @CsvSource({"TOOL, 1, 2", "TOOL, 2, 4", "TIMEOUT, 1, 2", "TIMEOUT, 2, 4", "SEAM, 1, 2", "SEAM, 2, 4"})
    void anAttemptIsRepeatedAfterAPauseThatDoubles(FailureKind kind, int attempt, int seconds) {
        assertThat(THREE.next(kind, attempt)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOOL", "TIMEOUT", "SEAM"})
    void theLastAttemptIsTheLast(FailureKind kind) {
        assertThat(THREE.next(kind, 3)).isEmpty();
        assertThat(THREE.next(kind, 4)).isEmpty();
        assertThat(new RetryPolicy(1).next(kind, 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "3, 1, 2", "3, 2, 4", "10, 9, 8"})
    void whatLackedMemoryIsTriedAloneAtLeastOnce(int attempts, int failures, int seconds) {
        assertThat(new RetryPolicy(attempts).next(FailureKind.MEMORY, failures)).contains(Duration.ofSeconds(seconds));
        assertThat(RetryPolicy.alone(failures)).isTrue();
        assertThat(RetryPolicy.alone(0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "3, 3", "10, 10"})
    void whatLacksMemoryAloneTooIsGivenUp(int attempts, int failures) {
        assertThat(new RetryPolicy(attempts).next(FailureKind.MEMORY, failures)).isEmpty();
    }

    @Test
    void aBrokenFileIsNotTriedAgain() {
        assertThat(THREE.next(FailureKind.INPUT, 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 60", "3, 90", "4, 90", "1000, 90"})
    void aFullDiskIsWaitedForWithoutEnd(int attempt, int seconds) {
        assertThat(THREE.next(FailureKind.STORAGE, attempt)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "50"})
    void whatALostWorkerHeldIsTakenUpAtOnce(int attempt) {
        assertThat(THREE.next(FailureKind.LOST, attempt)).contains(Duration.ZERO);
    }

    @Test
    void manyAttemptsDoNotPauseLongerAndLonger() {
        assertThat(new RetryPolicy(10).next(FailureKind.TOOL, 9)).contains(Duration.ofSeconds(8));
    }
}
