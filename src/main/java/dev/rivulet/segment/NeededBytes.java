package dev.rivulet.segment;

import dev.rivulet.job.NewTask;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.MovieIndex;
import dev.rivulet.media.Rational;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes from the beginning of a film are needed for what is made of it.
 *
 * @param start of the picture on the source's clock
 * @param front bytes of the part that the file begins with; the other one is there
 */
record NeededBytes(MovieIndex index, Rational start, long front) {
    /**
     * Pictures behind the last wanted one, for decoders that put them in order on several threads. What ffmpeg reads beyond
     * these it finds as zeros, and drops what it makes of them.
     */
    private static final int AHEAD = 16;

    /** Seconds in which these lie, at most. */
    private static final Rational SPAN = Rational.of(2);

    private static final Rational POSTER_AT = new Rational(1, 10);
    /** The poster is chosen among many frames from a keyframe on. */
    private static final Rational POSTER_AHEAD = Rational.of(10);

    /** For the picture up to that second. */
    long until(Rational seconds) {
        return index.bytesUntil(start.plus(seconds), front);
    }

    /** Null for what needs the end of the file: there, headers are not to be trusted. */
    @Nullable
    Long of(NewTask task, MediaPlan plan) {
        return switch (task.kind()) {
            case CHUNK -> {
                Chunk chunk = plan.chunks().chunks().get(task.chunk());
                Rational end = plan.grid().time(chunk.firstFrame() + chunk.frames());
                yield chunk.last() ? null : Long.valueOf(behind(end));
            }
            case AUDIO -> Math.max(1, until(Rational.ZERO));
            case POSTER -> until(poster(plan));
            case MEZZANINE, SUBTITLES -> null;
        };
    }

    /** Seconds of film that have to be there for the poster. */
    static Rational poster(MediaPlan plan) {
        return plan.grid().duration().times(POSTER_AT).plus(POSTER_AHEAD);
    }

    private long behind(Rational end) {
        return Math.min(index.bytesBehind(start.plus(end), AHEAD, front), until(end.plus(SPAN)));
    }
}
