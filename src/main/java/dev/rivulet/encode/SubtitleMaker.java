package dev.rivulet.encode;

import dev.rivulet.bus.Contract.RunTask;
import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Place;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.ffmpeg.SubtitlesCommand;
import dev.rivulet.job.TaskResult.StoredText;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.media.Cue;
import dev.rivulet.media.CueSegments;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Playlists;
import dev.rivulet.media.Rational;
import dev.rivulet.media.SubtitlePlan;
import dev.rivulet.media.SubtitleRendition;
import dev.rivulet.media.WebVtt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes all subtitle renditions of a video. Blocks. */
final class SubtitleMaker {
    private final FfmpegRunner runner;

    SubtitleMaker(FfmpegRunner runner) {
        this.runner = runner;
    }

    /**
     * One process reads all tracks. Where that has failed, each track is tried for itself, so that one that cannot be read
     * does not take the others with it.
     */
    TaskReport make(RunTask task, MediaPlan plan, Place place, Path log, Duration limit, TaskWorker.Ticks ticks)
            throws IOException, WorkFailedException {
        List<SubtitleRendition> tracks = plan.subtitles();
        List<List<SubtitleRendition>> runs = task.failures() == 0
                ? List.of(tracks)
                : tracks.stream().map(List::of).toList();
        List<SubtitleRendition> read = new ArrayList<>();
        Map<String, String> failed = new LinkedHashMap<>();
        double seconds = plan.grid().duration().toDouble();
        for (List<SubtitleRendition> run : runs) {
            RunResult result = runner.ffmpeg(
                    task.lease(),
                    SubtitlesCommand.of(plan, run, place),
                    place.access(),
                    log,
                    limit,
                    report -> ticks.tick(
                            Math.max(
                                    0,
                                    Math.min(
                                            1,
                                            (report.out_time_ns / 1e9 - SubtitlesCommand.LEAD.toSeconds()) / seconds)),
                            0));
            if (result.ok()) {
                read.addAll(run);
            } else if (result.brokenOff() || (read.isEmpty() && failed.size() + run.size() == tracks.size())) {
                throw new WorkFailedException(result.failureKind(true), result.reason(), result.log());
            } else {
                run.forEach(track -> failed.put(track.folder(), result.reason()));
            }
        }
        List<String> files = new ArrayList<>();
        Map<String, StoredText> made = new LinkedHashMap<>();
        for (SubtitleRendition track : read) {
            made.put(track.folder(), segments(plan, track, place.folder(), files));
        }
        return new TaskReport.Made(new SubtitlesMade(made, failed), files);
    }

    /** @param files where the names of what was written are added, the playlist last */
    private static StoredText segments(MediaPlan plan, SubtitleRendition track, Path folder, List<String> files)
            throws IOException {
        // Invalid bytes become replacement characters.
        byte[] document = Files.readAllBytes(folder.resolve(SubtitlesCommand.file(track)));
        Duration length = Duration.ofMillis(plan.grid().duration().times(1000).round());
        List<Cue> cues = WebVtt.read(new String(document, StandardCharsets.UTF_8), SubtitlesCommand.LEAD, length);
        List<Rational> lengths = SubtitlePlan.segments(plan);
        CueSegments cut = CueSegments.of(cues, lengths);
        if (cues.isEmpty()) {
            return new StoredText(0, 0, 0);
        }
        Files.createDirectories(folder.resolve(track.folder()));
        for (int i = 0; i < cut.files().size(); i++) {
            String name = track.folder() + "/" + Playlists.textName(i);
            Files.writeString(folder.resolve(name), cut.files().get(i));
            files.add(name);
        }
        String playlist = track.folder() + "/index.m3u8";
        Files.writeString(folder.resolve(playlist), Playlists.texts(lengths));
        files.add(playlist);
        return new StoredText(cues.size(), cut.files().size(), cut.dropped());
    }
}
