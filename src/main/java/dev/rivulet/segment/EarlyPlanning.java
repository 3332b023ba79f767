package dev.rivulet.segment;

import dev.rivulet.ffmpeg.PartedSource;
import dev.rivulet.ffmpeg.PartedSource.Piece;
import dev.rivulet.ffmpeg.Prober;
import dev.rivulet.ffmpeg.RejectedSourceException;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.FragmentReach;
import dev.rivulet.media.MalformedMediaException;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.MovieHead;
import dev.rivulet.media.MovieIndex;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.Seeks;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceClasses;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.segment.SegmentVerticle.Cut;
import dev.rivulet.store.ArrivalStore.Begun;
import dev.rivulet.store.ArrivalStore.Unplanned;
import dev.rivulet.store.ArrivingFile;
import dev.rivulet.store.ArrivingFile.Stretch;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.WorkFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans a video of which bytes are still on their way: one whose index is there and tells where each picture lies. Whatever is
 * out of the ordinary waits until all of it is there. Blocks.
 */
final class EarlyPlanning {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyPlanning.class);

    private final Prober prober;
    private final MediaFiles files;
    private final WorkFolders folders;
    private final Cut cut;
    private final FragmentPlanning fragments;
    private final TransportPlanning transport;

    EarlyPlanning(SegmentParts parts, Cut cut) {
        this.prober = parts.prober();
        this.files = parts.files();
        this.folders = parts.folders();
        this.cut = cut;
        GrowingPlans plans = new GrowingPlans(cut);
        this.fragments = new FragmentPlanning(parts.prober(), plans);
        this.transport = new TransportPlanning(parts.prober(), cut, plans);
    }

    /** What came of a look. */
    sealed interface Outcome {
        /**
         * It is known what is to be made, and how many bytes each task needs.
         *
         * @param tasks what is to be made beside what was planned before
         * @param again bytes with which another look tells of more
         */
        record Planned(EarlySource source, MediaPlan plan, List<NewTask> tasks, long again) implements Outcome {}

        /** Another look is of use when so many bytes have arrived. */
        record Later(long bytes) implements Outcome {}
    }

    /** It is looked at when all of it is there, and not before. */
    static final Outcome NEVER = new Outcome.Later(Long.MAX_VALUE);

    /** @throws IOException when the look was broken off and may be repeated */
    Outcome look(VideoId id, Unplanned upload) throws IOException {
        if (upload.parts().size() > EarlySource.MOST_PARTS) {
            return NEVER;
        }
        List<Stretch> stretches = ArrivingFile.find(folders, whole(id), id, upload.parts(), upload.arrived());
        try (ArrivingFile file = ArrivingFile.open(stretches)) {
            Begun begun = upload.begun();
            FragmentReach before = begun == null ? null : begun.source().reach();
            if (begun != null) {
                return before == null ? NEVER : further(id, begun, before, file, stretches);
            }
            if (TransportPlanning.suits(file)) {
                return stretches.size() > 1
                        ? NEVER
                        : transport.begin(
                                id, upload.parts(), file, stretches.get(0).file());
            }
            MovieHead head = MovieHead.look(file, file.size());
            if (head instanceof MovieHead.NotYet later) {
                return new Outcome.Later(later.offset());
            }
            return head instanceof MovieHead.Found found ? plan(id, upload, found, file, stretches) : NEVER;
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        } catch (RejectedSourceException
                | MalformedMediaException
                | ArithmeticException
                | IndexOutOfBoundsException e) {
            LOG.info("video={} waits for its last byte: {}", id, e.getMessage());
            return NEVER;
        }
    }

    private Outcome further(VideoId id, Begun begun, FragmentReach before, ArrivingFile file, List<Stretch> stretches)
            throws IOException {
        return before.tracks().isEmpty()
                ? transport.further(id, begun, before, file, stretches.get(0).file())
                : fragments.further(begun, before, file);
    }

    /**
     * The plan of a whole transport stream; empty for another source, which is surveyed.
     *
     * @throws RejectedSourceException when the file cannot become a video
     */
    Optional<MediaPlan> whole(VideoId id, EarlySource source) throws IOException, RejectedSourceException {
        FragmentReach reach = source.reach();
        return reach != null && reach.tracks().isEmpty()
                ? Optional.of(transport.whole(id, whole(id).toString()))
                : Optional.empty();
    }

    /** Whether the whole file is what a plan was made from; a form does not tell its length, but a limit. */
    boolean confirmed(VideoId id, EarlySource source) throws IOException {
        Path whole = whole(id);
        long size = java.nio.file.Files.size(whole);
        try (ArrivingFile file = ArrivingFile.open(List.of(new Stretch(whole, size, size)))) {
            FragmentReach reach = source.reach();
            return size <= source.size()
                    && (reach == null || reach.tracks().isEmpty() || FragmentPlanning.confirmed(source, reach, file))
                    && file.digest(source.front(), source.moovAt(), source.moovLength())
                            .equals(Optional.of(source.sha256()));
        }
    }

    private Path whole(VideoId id) {
        return Path.of(files.input(id, MediaFiles.SOURCE));
    }

    private Outcome plan(
            VideoId id, Unplanned upload, MovieHead.Found found, ArrivingFile file, List<Stretch> stretches)
            throws IOException, RejectedSourceException {
        byte[] moov = file.at(found.offset(), found.length()).orElseThrow();
        Optional<FragmentReach> nothing = FragmentReach.begin(moov, found.offset());
        if (nothing.isPresent()) {
            String first = file.digest(0, found.offset(), found.length()).orElseThrow();
            EarlySource basis = new EarlySource(upload.parts(), 0, found.offset(), found.length(), first);
            return found.front() > 0 || stretches.size() > 1
                    ? NEVER
                    : fragments.begin(
                            id, basis, nothing.get(), file, stretches.get(0).file());
        }
        ByteBuffer box = ByteBuffer.wrap(moov);
        int head = box.getInt(0) == 1 ? 16 : 8;
        MovieIndex index = MovieIndex.of(box.slice(head, moov.length - head));
        // Throws where the sound could not be read in order.
        MovieHead.moved(moov, found.offset());
        Optional<String> address = PartedSource.address(pieces(stretches));
        Optional<String> digest = file.digest(found.front(), found.offset(), found.length());
        if (address.isEmpty() || digest.isEmpty()) {
            return NEVER;
        }
        SourceInfo read = prober.probe(id, address.get());
        // Where the pictures have not arrived, only the index tells of keyframes.
        Seeks seeks = new Seeks(index.farthest(), true);
        if (SourceClasses.of(read, seeks) != SourceClass.DIRECT || read.duration() == null) {
            return NEVER;
        }
        NeededBytes need = new NeededBytes(
                index, read.video().start(), upload.parts().get(0).length());
        Rational looked = prober.looksUntil(read);
        if (looked.signum() > 0 && need.until(looked) > upload.arrived()) {
            return new Outcome.Later(need.until(looked));
        }
        SourceInfo source = prober.looked(id, address.get(), read);
        if (source.video().scan() == Scan.TELECINED) {
            return NEVER;
        }
        MediaPlan plan =
                MediaPlan.arriving(source, cut.ladder(), cut.segmentSeconds(), cut.chunkSegments(), MediaFiles.SOURCE);
        EarlySource basis =
                new EarlySource(upload.parts(), found.front(), found.offset(), found.length(), digest.get());
        List<NewTask> tasks = NewTask.of(plan).stream()
                .map(task -> task.needing(need.of(task, plan)))
                .toList();
        return new Outcome.Planned(basis, plan, tasks, Long.MAX_VALUE);
    }

    private static List<Piece> pieces(List<Stretch> stretches) {
        List<Piece> pieces = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (stretch.there() > 0) {
                pieces.add(new Piece(Optional.of(stretch.file()), stretch.there()));
            }
            if (stretch.there() < stretch.length()) {
                pieces.add(new Piece(Optional.empty(), stretch.length() - stretch.there()));
            }
        }
        return pieces;
    }
}
