package dev.rivulet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalLeaseTest {
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong();

    /** The clock counts from where it likes, and may pass the largest number. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 7 * SECOND})
    void holdsForItsLengthFromWhenItWasAskedFor(long begin) {
        clock.set(begin);
        LocalLease lease = lease();
        assertThat(lease.open()).isTrue();
        clock.addAndGet(15 * SECOND - 1);
        assertThat(lease.open()).isTrue();
        clock.addAndGet(1);
        assertThat(lease.open()).isFalse();
        assertThat(lease.lost()).isFalse();
    }

    @Test
    void anAnswerThatWasLongOnItsWayProlongsItFromTheQuestion() {
        LocalLease lease = lease();
        clock.set(20 * SECOND);
        lease.renewed(10 * SECOND);
        assertThat(lease.open()).isTrue();
        clock.set(25 * SECOND);
        assertThat(lease.open()).isFalse();
    }

    @Test
    void anAnswerThatComesAfterALaterOneTakesNothingAway() {
        LocalLease lease = lease();
        lease.renewed(10 * SECOND);
        lease.renewed(5 * SECOND);
        clock.set(24 * SECOND);
        assertThat(lease.open()).isTrue();
    }

    @Test
    void whatIsLostStaysLost() {
        LocalLease lease = lease();
        lease.lose();
        lease.renewed(10 * SECOND);
        assertThat(lease.open()).isFalse();
        assertThat(lease.lost()).isTrue();
    }

    private LocalLease lease() {
        return new LocalLease(LENGTH, clock.get(), clock::get);
    }
}
