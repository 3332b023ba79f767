package dev.rivulet.segment;

import dev.rivulet.ffmpeg.PartedSource;
import dev.rivulet.ffmpeg.PartedSource.Piece;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.EarlySource.Part;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.FragmentReach;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.MovieHead;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceClasses;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.ToneCurve;
import dev.rivulet.media.TransportHead;
import dev.rivulet.segment.EarlyPlanning.Outcome;
import dev.rivulet.segment.SegmentVerticle.Cut;
import dev.rivulet.store.ArrivalStore.Begun;
import dev.rivulet.store.ArrivingFile;
import dev.rivulet.store.MediaFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Plans transport streams as far as they have arrived. They have no index: a place in them is found by their clock, nearly. So
 * a chunk is read from two distances of keyframes before its first frame on, and the proof of the seams tells whether that was
 * enough. Blocks.
 */
final class TransportPlanning {
    /** Bytes that are digested, and without which nothing is looked at. */
    static final int HEAD = 64 << 10;
    /** Bytes within which a stream has to tell what is in it. */
    private static final long PATIENCE = 64L << 20;
    /** More to be decoded for each chunk costs more than the copy that is made of a whole stream. */
    private static final Rational LONGEST_LEAD = Rational.of(11);
    /** The clock begins again after 26 hours; film that comes near it is looked at as a whole. */
    private static final Rational LATEST_START = Rational.of(50_000);

    /** Seconds that the clock may be ahead of the bytes, and how much denser the film may be than what was there before. */
    private static final double LEAP = 60;

    private static final double LEAP_RATE = 10;

    private final Prober prober;
    private final Cut cut;
    private final GrowingPlans plans;

    TransportPlanning(Prober prober, Cut cut, GrowingPlans plans) {
        this.prober = prober;
        this.cut = cut;
        this.plans = plans;
    }

    /** The first look at a stream. */
    Outcome begin(VideoId id, List<Part> parts, ArrivingFile file, Path lies) throws IOException {
        Optional<String> digest = file.digest(0, 0, HEAD);
        Optional<String> address = address(file, lies);
        if (digest.isEmpty() || address.isEmpty()) {
            return EarlyPlanning.NEVER;
        }
        SourceInfo told;
        try {
            told = prober.probe(id, address.get());
        } catch (RejectedSourceException e) {
            // Where it was cut out of a broadcast, what is in it is told later.
            return file.arrived() < PATIENCE ? new Outcome.Later(2 * file.arrived()) : EarlyPlanning.NEVER;
        }
        Rational end = told.pictureEnd();
        Rational origin = told.video().start();
        if (!SourceClasses.transport(told)
                || end == null
                || origin.signum() < 0
                || origin.compareTo(LATEST_START) > 0
                // Its white may lie anywhere.
                || ToneCurve.high(told.video().transfer())) {
            return EarlyPlanning.NEVER;
        }
        Rational seconds = end.minus(origin);
        if (seconds.compareTo(plans.first()) <= 0) {
            return new Outcome.Later(plans.next(file, bytes(file), seconds, plans.first()));
        }
        Optional<Rational> gap = prober.keyframeGap(id, address.get(), told);
        if (gap.isEmpty() && seconds.compareTo(Rational.of(Prober.NEAR)) < 0) {
            return new Outcome.Later(plans.next(file, bytes(file), seconds, seconds.times(2)));
        }
        Rational lead = gap.map(far -> far.times(2).plus(Rational.ONE)).orElse(LONGEST_LEAD);
        if (lead.compareTo(LONGEST_LEAD) >= 0) {
            return EarlyPlanning.NEVER;
        }
        SourceInfo looked = prober.looked(id, address.get(), told);
        if (looked.video().scan() == Scan.TELECINED) {
            return EarlyPlanning.NEVER;
        }
        FragmentReach reach = new FragmentReach(bytes(file), 0, List.of(), digest.get());
        EarlySource basis = new EarlySource(parts, 0, 0, HEAD, digest.get(), reach);
        return plans.begin(basis, looked.begun(end), new GrowingPlans.There(reach.bytes(), seconds, lead), file);
    }

    /** A later look, at what has come since. */
    Outcome further(VideoId id, Begun begun, FragmentReach before, ArrivingFile file, Path lies) throws IOException {
        SourceInfo told;
        try {
            told = prober.probe(id, address(file, lies).orElseThrow());
        } catch (RejectedSourceException e) {
            return EarlyPlanning.NEVER;
        }
        Rational end = told.pictureEnd();
        Rational origin = begun.plan().grid().origin();
        if (end == null || !told.video().start().equals(origin)) {
            return EarlyPlanning.NEVER;
        }
        FragmentReach reach = new FragmentReach(bytes(file), 0, List.of(), before.sha256());
        Rational seconds = end.minus(origin);
        return leaps(begun, before, reach, seconds) ? EarlyPlanning.NEVER : plans.further(begun, reach, seconds, file);
    }

    /** Whether the clock has gone much farther than the bytes have, by the rate of those before: then it is not to be trusted. */
    private static boolean leaps(Begun begun, FragmentReach before, FragmentReach reach, Rational seconds) {
        MediaPlan plan = begun.plan();
        double there = plan.grid()
                .time((long) plan.chunks().segments() * plan.chunks().segmentFrames())
                .toDouble();
        double more = (reach.bytes() - before.bytes()) * there / before.bytes();
        return seconds.toDouble() > there + LEAP + LEAP_RATE * more;
    }

    /**
     * The plan of the whole stream, read as its beginning was.
     *
     * @throws RejectedSourceException when the file cannot become a video
     */
    MediaPlan whole(VideoId id, String source) throws IOException, RejectedSourceException {
        SourceInfo found = prober.measured(id, source, prober.probe(id, source));
        return MediaPlan.of(
                prober.looked(id, source, found),
                cut.ladder(),
                cut.segmentSeconds(),
                cut.chunkSegments(),
                SourceClass.DIRECT,
                MediaFiles.SOURCE);
    }

    /** Whether a file begins like a transport stream. */
    static boolean suits(MovieHead.Bytes file) {
        return TransportHead.packet(file).isPresent();
    }

    private static Optional<String> address(ArrivingFile file, Path lies) {
        return PartedSource.address(List.of(new Piece(Optional.of(lies), bytes(file))));
    }

    /** Whole packets. */
    private static long bytes(ArrivingFile file) {
        int packet = TransportHead.packet(file).orElse(1);
        return file.arrived() / packet * packet;
    }
}
