package dev.rivulet.segment;

import dev.rivulet.ffmpeg.PartedSource;
import dev.rivulet.ffmpeg.PartedSource.Piece;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.FragmentReach;
import dev.rivulet.media.MalformedMediaException;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.Seeks;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceClasses;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.ToneCurve;
import dev.rivulet.segment.EarlyPlanning.Outcome;
import dev.rivulet.store.ArrivalStore.Begun;
import dev.rivulet.store.ArrivingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Plans films in fragments as far as they have arrived. Blocks. */
final class FragmentPlanning {
    private final Prober prober;
    private final GrowingPlans plans;

    FragmentPlanning(Prober prober, GrowingPlans plans) {
        this.prober = prober;
        this.plans = plans;
    }

    /**
     * The first look at a film in fragments.
     *
     * @param basis what it is planned from, without fragments
     * @param nothing of them
     */
    Outcome begin(VideoId id, EarlySource basis, FragmentReach nothing, ArrivingFile file, Path lies)
            throws IOException, RejectedSourceException {
        FragmentReach reach = nothing.further(file, file.arrived());
        if (reach.seconds().compareTo(plans.first()) <= 0) {
            return new Outcome.Later(plans.next(file, reach.bytes(), reach.seconds(), plans.first()));
        }
        Optional<String> address = PartedSource.address(List.of(new Piece(Optional.of(lies), reach.bytes())));
        if (address.isEmpty()) {
            return EarlyPlanning.NEVER;
        }
        SourceInfo told = prober.probe(id, address.get());
        Rational origin = told.video().start();
        SourceInfo there = told.begun(origin.plus(reach.seconds()));
        Seeks seeks = SourceClasses.seekable(there) ? prober.seeks(id, address.get(), there) : Seeks.NONE;
        if (SourceClasses.of(there, seeks) != SourceClass.DIRECT
                || told.duration() == null
                // Its white may lie anywhere.
                || ToneCurve.high(told.video().transfer())) {
            return EarlyPlanning.NEVER;
        }
        SourceInfo looked = prober.looked(id, address.get(), there);
        if (looked.video().scan() == Scan.TELECINED) {
            return EarlyPlanning.NEVER;
        }
        byte[] moov = file.at(basis.moovAt(), basis.moovLength()).orElseThrow();
        Rational known = told.start()
                .plus(told.duration())
                .minus(origin)
                .max(FragmentReach.promised(moov).orElse(Rational.ZERO))
                .max(reach.seconds());
        return plans.begin(
                basis.reaching(reach),
                looked.begun(origin.plus(known)),
                new GrowingPlans.There(reach.bytes(), reach.seconds(), Rational.ZERO),
                file);
    }

    /** A later look, at what has come since. */
    Outcome further(Begun begun, FragmentReach before, ArrivingFile file) {
        FragmentReach reach;
        try {
            reach = before.further(file, file.arrived());
        } catch (MalformedMediaException e) {
            // What is planned is right, as far as it goes.
            return EarlyPlanning.NEVER;
        }
        return plans.further(begun, reach, reach.seconds(), file);
    }

    /** Whether the fragments of the whole file begin with those that were planned from. */
    static boolean confirmed(EarlySource source, FragmentReach planned, ArrivingFile whole) {
        try {
            return whole.at(source.moovAt(), source.moovLength())
                    .flatMap(moov -> FragmentReach.begin(moov, source.moovAt()))
                    .filter(nothing -> nothing.further(whole, planned.bytes()).equals(planned))
                    .isPresent();
        } catch (MalformedMediaException | ArithmeticException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}
