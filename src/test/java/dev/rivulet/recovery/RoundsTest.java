package dev.rivulet.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.VideoStore.Pending;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds rounds = new Rounds();

    @Test
    void whatNothingGoesOnWithIsAlwaysWoken() {
        List<Pending> all = Stream.of(video(false, false), video(true, true), video(false, true), video(true, true))
                .toList();
        assertThat(rounds.next(all)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rounds.next(all)).hasSize(4);
    }

    @Test
    void theOthersComeRound() {
        List<Pending> all =
                IntStream.range(0, 70).mapToObj(i -> video(true, false)).toList();
        Set<Pending> woken = new HashSet<>();
        for (int look = 1; look <= 4; look++) {
            List<Pending> next = rounds.next(all);
            assertThat(next).hasSize(Rounds.MOST).doesNotHaveDuplicates();
            woken.addAll(next);
        }
        assertThat(woken).hasSize(70);
    }

    @Test
    void fewVideosAreWokenAtEveryLook() {
        List<Pending> few = List.of(video(true, false), video(true, false));
        assertThat(rounds.next(few)).containsExactlyInAnyOrderElementsOf(few);
        assertThat(rounds.next(few)).containsExactlyInAnyOrderElementsOf(few);
        assertThat(rounds.next(List.of())).isEmpty();
    }

    private static Pending video(boolean planned, boolean idle) {
        return new Pending(VideoId.random(), planned, true, idle);
    }
}
