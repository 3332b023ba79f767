package dev.rivulet.segment;

import dev.rivulet.job.EarlySource;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.TaskKind;
import dev.rivulet.media.FragmentReach;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.segment.EarlyPlanning.Outcome;
import dev.rivulet.segment.SegmentVerticle.Cut;
import dev.rivulet.store.ArrivalStore.Begun;
import dev.rivulet.store.ArrivingFile;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Plans films whose end is not known, as far as they have arrived: each chunk is the same whatever comes behind it, because the
 * grid begins at 0 and has a fixed rate.
 */
final class GrowingPlans {
    /** Seconds of picture behind the last planned one: what decoders and filters read ahead, with a wide margin. */
    private static final Rational AHEAD = Rational.of(2);

    private static final Rational HALF = new Rational(1, 2);
    /** Least bytes between two looks, and least share of what has arrived: so that there are not too many of them. */
    private static final long STEP = 64 << 10;

    private static final long SHARE = 100;

    private final Cut cut;
    private final Rational ahead;

    GrowingPlans(Cut cut) {
        this.cut = cut;
        // The end of a film may be cut into the segment before it, when it is shorter than half of one.
        this.ahead = AHEAD.max(cut.segmentSeconds().times(HALF).plus(HALF));
    }

    /**
     * What there is of a film.
     *
     * @param bytes that are read
     * @param seconds of picture in them
     * @param lead seconds that a chunk is read from before its first frame, at least
     */
    record There(long bytes, Rational seconds, Rational lead) {}

    /** Seconds that have to be there for the first chunk. */
    Rational first() {
        return cut.segmentSeconds().plus(ahead);
    }

    /**
     * The first plan.
     *
     * @param source whose length is that of what is known of it
     */
    Outcome begin(EarlySource basis, SourceInfo source, There there, ArrivingFile file) {
        MediaPlan plan = plan(source, there, file.size());
        var tasks = NewTask.of(plan).stream()
                .map(task -> switch (task.kind()) {
                    case CHUNK, AUDIO -> task.needing(there.bytes());
                    case POSTER -> posterIn(plan, there) ? task.needing(there.bytes()) : task;
                    case MEZZANINE, SUBTITLES -> task;
                })
                .toList();
        return new Outcome.Planned(basis, plan, tasks, next(file, there.bytes(), there.seconds(), wanted(plan)));
    }

    /**
     * A later plan, which goes on from the one before.
     *
     * @param seconds of picture that are there
     */
    Outcome further(Begun begun, FragmentReach reach, Rational seconds, ArrivingFile file) {
        MediaPlan plan = begun.plan();
        There there = new There(
                reach.bytes(),
                seconds,
                Objects.requireNonNull(plan.chunks().beginning()).lead());
        Rational known = plan.grid().duration().max(seconds);
        MediaPlan longer = plan.continued(
                        plan(plan.source().begun(plan.grid().origin().plus(known)), there, file.size()))
                .orElse(null);
        if (longer == null) {
            return new Outcome.Later(next(file, there.bytes(), seconds, wanted(plan)));
        }
        int from = plan.chunks().chunks().size();
        Stream<NewTask> tasks = NewTask.of(longer).stream()
                .filter(task -> task.kind() == TaskKind.CHUNK && task.chunk() >= from
                        || task.kind() == TaskKind.POSTER && posterIn(longer, there))
                .map(task -> task.needing(there.bytes()));
        return new Outcome.Planned(
                begun.source().reaching(reach),
                longer,
                tasks.toList(),
                next(file, there.bytes(), seconds, wanted(longer)));
    }

    private MediaPlan plan(SourceInfo source, There there, long size) {
        Rational seconds = there.seconds().minus(ahead).max(Rational.ZERO);
        return MediaPlan.beginning(
                source,
                cut.ladder(),
                cut.segmentSeconds(),
                cut.chunkSegments(),
                seconds,
                new MediaPlan.Share(there.lead(), Math.min(1, there.bytes() / (double) size)));
    }

    private static boolean posterIn(MediaPlan plan, There there) {
        return NeededBytes.poster(plan).compareTo(there.seconds()) <= 0;
    }

    /** Seconds that have to be there for the next chunk. */
    private Rational wanted(MediaPlan plan) {
        int count = plan.chunks().chunks().size();
        int segments = Math.min(count < 2 ? count + 1 : cut.chunkSegments(), cut.chunkSegments());
        return plan.segmentDuration()
                .times((long) plan.chunks().segments() + segments)
                .plus(ahead);
    }

    /** How many bytes may be enough for so many seconds, going by those that are there. */
    long next(ArrivingFile file, long bytes, Rational seconds, Rational wanted) {
        long least = file.arrived() + Math.max(STEP, file.arrived() / SHARE);
        return seconds.signum() <= 0 ? least : Math.max(least, (long) (bytes / seconds.toDouble() * wanted.toDouble()));
    }
}
