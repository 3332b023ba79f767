package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentViewersTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final VideoId VIDEO = VideoId.random();

    private final RecentViewers viewers = new RecentViewers();

    @Test
    void oneViewerBeginsOneView() {
        assertThat(viewers.begins(VIDEO, 1, NOON)).isTrue();
        assertThat(viewers.begins(VIDEO, 1, NOON.plusSeconds(1))).isFalse();
        assertThat(viewers.begins(VIDEO, 2, NOON.plusSeconds(1))).isTrue();
        assertThat(viewers.begins(VideoId.random(), 1, NOON.plusSeconds(1))).isTrue();
    }

    @Test
    void whoStaysAwayForHalfAnHourComesAnew() {
        Duration almost = RecentViewers.APART.minusSeconds(1);
        assertThat(viewers.begins(VIDEO, 1, NOON)).isTrue();
        assertThat(viewers.begins(VIDEO, 1, NOON.plus(almost))).isFalse();
        assertThat(viewers.begins(VIDEO, 1, NOON.plus(almost).plus(almost))).isFalse();
        assertThat(viewers.begins(VIDEO, 1, NOON.plus(almost).plus(almost).plus(RecentViewers.APART.plusMillis(1))))
                .isTrue();
    }

    @Test
    void theLongestUnseenIsForgottenFirst() {
        viewers.begins(VIDEO, -1, NOON);
        viewers.begins(VIDEO, -2, NOON);
        viewers.begins(VIDEO, -1, NOON);
        for (int viewer = 0; viewer < RecentViewers.MOST - 1; viewer++) {
            viewers.begins(VIDEO, viewer, NOON);
        }
        assertThat(viewers.begins(VIDEO, -1, NOON)).isFalse();
        assertThat(viewers.begins(VIDEO, -2, NOON)).isTrue();
    }
}
