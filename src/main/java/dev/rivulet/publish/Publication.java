package dev.rivulet.publish;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Storyboard;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.Announcement.Mark;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore.WorkSummary;
import dev.rivulet.store.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what may be said of a video. Each thing is said once: the store knows what was said before. */
final class Publication {
    private static final String INDEX = "/index.m3u8";

    private Publication() {}

    /** Qualities that the master playlist lists, ascending; none before the lowest one is joined or given up. */
    static List<RenditionRow> listed(Video video) {
        List<RenditionRow> rows = video.renditions();
        if (rows.isEmpty() || !settled(rows.get(0))) {
            return List.of();
        }
        return rows.stream().filter(row -> row.state() == RenditionState.JOINED).toList();
    }

    /**
     * The tasks beside picture and sound: what they make is left out when they fail.
     *
     * @param poster null when there is none
     * @param subtitles null when there are none
     */
    record Extras(@Nullable TaskState poster, @Nullable TaskState subtitles) {
        static Extras of(WorkSummary work) {
            return new Extras(work.poster(), work.subtitles());
        }

        boolean settled() {
            return Stream.of(Optional.ofNullable(poster), Optional.ofNullable(subtitles))
                    .allMatch(state -> state.isEmpty() || state.get().settled());
        }
    }

    /** What is true of a planned video, in the order in which it is told. */
    static List<Announcement> announcements(Video video, Extras extras, boolean previewWritten) {
        List<Announcement> said = new ArrayList<>();
        if (video.status() != VideoStatus.UPLOADING) {
            said.add(Announcement.once("processing", "planned", Mark.NOTHING, Map.of()));
        }
        if (extras.poster() == TaskState.DONE) {
            said.add(Announcement.once(
                    "thumbnail_ready", "thumbnail", Mark.POSTER, Map.of("url", Urls.of(video.id(), "poster.webp"))));
        }
        if (previewWritten) {
            said.add(Announcement.once(
                    "previewable",
                    "previewable",
                    Mark.PREVIEWABLE,
                    Map.of("url", Urls.of(video.id(), "preview.m3u8"))));
        }
        List<RenditionRow> listed = listed(video);
        for (int i = 0; i < listed.size(); i++) {
            String quality = listed.get(i).quality();
            Map<String, Object> fields = Map.of("quality", quality, "url", Urls.of(video.id(), "master.m3u8"));
            String key = "rendition:" + quality;
            said.add(
                    i == 0 && video.status() == VideoStatus.PROCESSING
                            ? Announcement.move("playable", key, VideoStatus.READY, fields)
                            : Announcement.once("rendition_ready", key, Mark.NOTHING, fields));
        }
        end(video, extras).ifPresent(said::add);
        return said;
    }

    /** That the pictures of the seek bar are there. */
    static Announcement storyboard(Video video) {
        return Announcement.once(
                "storyboard_ready",
                "storyboard",
                Mark.STORYBOARD,
                Map.of("url", Urls.of(video.id(), Storyboard.INDEX)));
    }

    /** The end of a video, once nothing more will come. */
    static Optional<Announcement> end(Video video, Extras extras) {
        List<RenditionRow> rows = video.renditions();
        if (rows.isEmpty() || !rows.stream().allMatch(Publication::settled)) {
            return Optional.empty();
        }
        List<RenditionRow> failed = rows.stream()
                .filter(row -> row.state() == RenditionState.FAILED)
                .toList();
        if (failed.size() == rows.size()) {
            return Optional.of(Announcement.failed(VideoStatus.FAILED, error(failed)));
        }
        if (!extras.settled()) {
            return Optional.empty();
        }
        return Optional.of(
                failed.isEmpty()
                        ? Announcement.move("done", "done", VideoStatus.COMPLETED, Map.of())
                        : Announcement.failed(VideoStatus.PARTIAL, error(failed)));
    }

    /**
     * What to say of a video whose source ends more than a second before its own header says: it can be watched up to
     * there.
     *
     * @param chunks the finished chunks of one complete tier
     */
    static Optional<VideoError> brokenOff(MediaPlan plan, Map<Integer, ChunkMade> chunks) {
        long made = chunks.values().stream().mapToLong(ChunkMade::frames).sum();
        long missing = plan.grid().frames() - made;
        boolean early = plan.source().pictureEnd() != null
                && missing > plan.grid().rate().ceil();
        if (plan.source().promised() == null && !early) {
            return Optional.empty();
        }
        String there = plan.grid().time(made).toDecimal(1);
        String promised = Objects.requireNonNullElse(
                        plan.source().promised(), plan.grid().duration())
                .toDecimal(1);
        return Optional.of(new VideoError(
                ErrorCode.CORRUPT_INPUT,
                "The file breaks off after " + there + " of " + promised + " seconds; what was there can be watched. "
                        + "Upload the original file again."));
    }

    /** What to say of a video whose sound could not be decoded. */
    static VideoError silent() {
        return new VideoError(
                ErrorCode.CORRUPT_INPUT, "The sound is damaged and could not be decoded; the picture can be watched.");
    }

    /** Whether every quality failed for what the source is: another attempt cannot help. */
    static boolean hopeless(Video video) {
        return video.renditions().stream()
                .map(RenditionRow::error)
                .allMatch(error -> error != null && error.code() == ErrorCode.CORRUPT_INPUT);
    }

    /**
     * Names of what is published of a settled video and misleads players, who would wait for more. The source and all that
     * is made stay for another attempt.
     */
    static List<String> misleading(Video video) {
        List<RenditionRow> failed = video.renditions().stream()
                .filter(row -> row.state() == RenditionState.FAILED)
                .toList();
        List<String> names = new ArrayList<>();
        failed.forEach(row -> names.add(row.quality() + INDEX));
        if (!failed.isEmpty() && failed.get(0).equals(video.renditions().get(0))) {
            names.add("preview.m3u8");
        }
        MediaPlan plan = video.plan();
        if (plan != null && failed.size() == video.renditions().size()) {
            plan.audio().forEach(audio -> names.add(audio.folder() + INDEX));
        }
        return List.copyOf(names);
    }

    private static VideoError error(List<RenditionRow> failed) {
        VideoError first = failed.stream()
                .map(RenditionRow::error)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElseGet(() -> new VideoError(ErrorCode.ENCODE_FAILED, "No reason was recorded."));
        List<String> qualities = failed.stream().map(RenditionRow::quality).toList();
        return new VideoError(first.code(), String.join(", ", qualities) + ": " + first.message());
    }

    private static boolean settled(RenditionRow row) {
        return row.state() == RenditionState.JOINED || row.state() == RenditionState.FAILED;
    }

    /** Where clients find a video's files. */
    static final class Urls {
        private Urls() {}

        static String of(VideoId id, String name) {
            return "/media/" + id + "/" + name;
        }
    }
}
