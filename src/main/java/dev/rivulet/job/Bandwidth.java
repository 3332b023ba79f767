package dev.rivulet.job;

import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.media.Rational;
import java.util.List;

/**
 * Bits per second of stored segments (RFC 8216, 4.3.4.2).
 *
 * @param peak of the largest segment; segments under half a second do not peak
 * @param average over the whole
 */
public record Bandwidth(long peak, long average) {
    /**
     * @param segments at least one
     * @param timescale of their ticks, per second
     */
    public static Bandwidth of(List<StoredSegment> segments, long timescale) {
        long peak = 0;
        long bytes = 0;
        long ticks = 0;
        for (StoredSegment segment : segments) {
            bytes += segment.bytes();
            ticks += segment.ticks();
            if (segment.ticks() * 2 >= timescale) {
                peak = Math.max(peak, rate(segment.bytes(), segment.ticks(), timescale));
            }
        }
        long average = rate(bytes, Math.max(1, ticks), timescale);
        return new Bandwidth(Math.max(peak, average), average);
    }

    private static long rate(long bytes, long ticks, long timescale) {
        return Rational.of(bytes * 8)
                .times(timescale)
                .dividedBy(Rational.of(ticks))
                .ceil();
    }
}
