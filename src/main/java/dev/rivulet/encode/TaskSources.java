package dev.rivulet.encode;

import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.Work;
import dev.rivulet.ffmpeg.PartedSource;
import dev.rivulet.ffmpeg.PartedSource.Piece;
import dev.rivulet.job.Arriving;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.FragmentReach;
import dev.rivulet.media.Mezzanine;
import dev.rivulet.media.SourceClass;
import dev.rivulet.store.Arrivals;
import dev.rivulet.store.ArrivingFile;
import dev.rivulet.store.ArrivingFile.Stretch;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.WorkFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows what each task reads: a file of the video, or what has arrived of it. Blocks. */
record TaskSources(MediaFiles files, WorkFolders folders, Arrivals arrivals) {
    /** After which a process is not kept for an upload that stands still. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Reading open(RunTask task) throws IOException {
        Arriving arriving = task.arriving();
        Path whole = Path.of(files.input(task.video(), MediaFiles.SOURCE));
        if (arriving == null) {
            return Reading.of(files.input(task.video(), input(task.work())));
        }
        List<Stretch> stretches = ArrivingFile.find(
                folders, whole, task.video(), arriving.source().parts(), arriving.arrived());
        if (stretches.size() == 1
                && stretches.get(0).there() == stretches.get(0).length()) {
            return Reading.of(stretches.get(0).file().toString());
        }
        FragmentReach reach = arriving.source().reach();
        if (reach != null && !(task.work() instanceof Work.EncodeAudio)) {
            Path there = stretches.get(0).file();
            return parted(List.of(new Piece(Optional.of(there), reach.bytes())));
        }
        return task.work() instanceof Work.EncodeAudio
                ? fed(task.video(), arriving, stretches, whole)
                : parted(pieces(stretches));
    }

    private static Reading parted(List<Piece> pieces) throws IOException {
        return Reading.of(PartedSource.address(pieces)
                .orElseThrow(() -> new IOException("it can be read only when all of it is there")));
    }

    private Reading fed(VideoId video, Arriving arriving, List<Stretch> stretches, Path whole) throws IOException {
        ArrivingFile file = ArrivingFile.open(stretches);
        return Reading.fed(new ArrivingFeed(arrivals, file, arriving.source(), video, whole, PATIENCE), file);
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

    private static String input(Work work) {
        if (work instanceof Work.MakeSubtitles) {
            // A copy has picture and sound alone.
            return MediaFiles.SOURCE;
        }
        return work instanceof Work.EncodeChunk chunk && work.plan().sourceClass() == SourceClass.MEZZANINE
                ? Mezzanine.chunk(chunk.chunk().index())
                : work.plan().input();
    }
}
