package dev.rivulet.join;

import dev.rivulet.ffmpeg.Access;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.Killed;
import dev.rivulet.ffmpeg.RemuxCommand;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.ChunkMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Playlists;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.store.Fence;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Room;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies one complete quality as a whole, and makes its final playlist and its progressive MP4. */
final class QualityJoiner {
    private static final Logger LOG = LoggerFactory.getLogger(QualityJoiner.class);
    private static final long BYTES_PER_KBIT = 125;

    private final Vertx vertx;
    private final VideoStore videos;
    private final TaskStore tasks;
    private final MediaFiles files;
    private final WorkFolders folders;
    private final FfmpegRunner runner;
    private final JoinRight.Terms rights;
    private final Room room;

    QualityJoiner(Vertx vertx, JoinParts parts) {
        this.vertx = vertx;
        this.videos = parts.videos();
        this.tasks = parts.tasks();
        this.files = parts.files();
        this.folders = parts.folders();
        this.runner = parts.runner();
        this.rights = new JoinRight.Terms(vertx, videos, parts.lease());
        this.room = parts.room();
    }

    /** Joins a quality whose chunks and sound are all there; true when this call did it. */
    Future<Boolean> join(Video video, MediaPlan plan, Rendition rendition, int tier) {
        VideoId id = video.id();
        String quality = rendition.quality();
        Runnable lost = () -> runner.kill(new JoinKey(id, quality), "lost the right to join");
        return rights.under(id, quality, lost, right -> tasks.chunks(id, tier)
                        .compose(chunks -> joinClaimed(id, plan, rendition, chunks, right))
                        .recover(failure -> giveBack(id, quality, right, failure)))
                .map(joined -> joined.orElse(false));
    }

    /** Breaks off the joins of a video. */
    void stop(VideoId id) {
        runner.running().stream()
                .filter(key -> key instanceof JoinKey join && join.video().equals(id))
                .forEach(key -> runner.kill(key, "is not wanted any more"));
    }

    private record JoinKey(VideoId video, String quality) {}

    /** Writes the final playlists of finished sound; harmless to repeat. Fails when the fence closes before that is done. */
    Future<Void> finishSound(VideoId id, MediaPlan plan, AudioMade sound, Fence fence) {
        int target = plan.chunks().targetDuration(plan.grid());
        List<Future<Void>> written = new ArrayList<>();
        sound.renditions().forEach((folder, run) -> {
            List<Rational> durations = Runs.durations(run.segments(), run.timescale());
            Buffer text = Buffer.buffer(Playlists.media(durations, target, true));
            written.add(files.write(id, folder + "/index.m3u8", text, fence).compose(QualityJoiner::stillHeld));
        });
        return Future.all(written).mapEmpty();
    }

    /** Writes the final playlist of a quality, while the fence is open; false when it was not. */
    Future<Boolean> finishPicture(
            VideoId id, MediaPlan plan, String quality, Map<Integer, ChunkMade> chunks, Fence fence) {
        String text = Playlists.media(
                Runs.durations(
                        Runs.prefix(chunks, quality),
                        Runs.run(chunks, 0, quality).timescale()),
                plan.chunks().targetDuration(plan.grid()),
                true);
        return files.write(id, quality + "/index.m3u8", Buffer.buffer(text), fence);
    }

    private Future<Boolean> joinClaimed(
            VideoId id, MediaPlan plan, Rendition rendition, Map<Integer, ChunkMade> chunks, JoinRight right) {
        String quality = rendition.quality();
        String fault = Runs.fault(plan, chunks, quality).orElse(null);
        if (fault != null) {
            return failed(id, quality, right, fault);
        }
        List<StoredSegment> segments = Runs.prefix(chunks, quality);
        StoredRun first = Runs.run(chunks, 0, quality);
        return present(id, quality, segments)
                .compose(there -> finishPicture(id, plan, quality, chunks, right))
                .compose(QualityJoiner::stillHeld)
                .compose(nothing -> roomFor(plan, rendition, segments))
                .compose(nothing -> remux(id, plan, rendition, right))
                .compose(size -> videos.joined(id, quality, right.token(), Runs.figures(segments, first, size)))
                .recover(failure -> failure instanceof UnjoinableException unjoinable
                        ? failed(id, quality, right, String.valueOf(unjoinable.getMessage()))
                        : Future.failedFuture(failure));
    }

    private static Future<Void> stillHeld(boolean stored) {
        return stored ? Future.succeededFuture() : Future.failedFuture("the right to write has ended");
    }

    /** The same chunks cannot be joined: another attempt may help, then other chunks. */
    private static final class UnjoinableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnjoinableException(String reason) {
            super(reason);
        }
    }

    /** Every file that the playlist will name is there in its recorded size. */
    private Future<Void> present(VideoId id, String quality, List<StoredSegment> segments) {
        Map<String, Long> recorded = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            recorded.put(
                    quality + "/" + Playlists.segmentName(i), segments.get(i).bytes());
        }
        return files.sizes(id, recorded.keySet()).compose(sizes -> recorded.entrySet().stream()
                .filter(file -> !file.getValue().equals(sizes.get(file.getKey())))
                .findFirst()
                .<Future<Void>>map(file ->
                        Future.failedFuture(new UnjoinableException(file.getKey() + " is not there as recorded")))
                .orElseGet(Future::succeededFuture));
    }

    /** A join ends something and may go below what encoding leaves free, by half. */
    private Future<Void> roomFor(MediaPlan plan, Rendition rendition, List<StoredSegment> segments) {
        Integer kbit = AudioPlan.bitrateFor(rendition, plan.audio());
        long sound =
                kbit == null ? 0 : kbit * BYTES_PER_KBIT * plan.soundDuration().ceil();
        long bytes = sound + segments.stream().mapToLong(StoredSegment::bytes).sum();
        return room.free()
                .compose(free -> free - bytes >= room.least() / 2
                        ? Future.succeededFuture()
                        : Future.failedFuture("there is no room for " + bytes + " bytes, " + free + " are free"));
    }

    private Future<Long> remux(VideoId id, MediaPlan plan, Rendition rendition, Fence fence) {
        String quality = rendition.quality();
        Path folder = folders.join(id, quality);
        String name = quality + ".mp4";
        Integer kbit = AudioPlan.bitrateFor(rendition, plan.audio());
        List<String> sound = plan.audio().stream()
                .filter(audio -> Objects.equals(audio.kbit(), kbit))
                .map(AudioRendition::folder)
                .map(audio -> files.input(id, audio + "/index.m3u8"))
                .toList();
        String picture = files.input(id, quality + "/index.m3u8");
        List<String> args = RemuxCommand.of(picture, sound, folder.resolve(name));
        List<Path> segments = Stream.concat(Stream.of(picture), sound.stream())
                .map(playlist -> Objects.requireNonNull(Path.of(playlist).getParent()))
                .toList();
        Duration limit =
                Duration.ofMinutes(2).plusSeconds(plan.grid().duration().ceil() / 4);
        return vertx.<Long>executeBlocking(
                        () -> {
                            Files.createDirectories(folder);
                            RunResult result = runner.ffmpeg(
                                    new JoinKey(id, quality),
                                    args,
                                    Access.writing(segments, folder),
                                    folder.resolve("log.txt"),
                                    limit,
                                    progress -> {});
                            if (result.killed().map(Killed::kind).equals(Optional.of(FailureKind.LOST))) {
                                throw new IOException(result.reason());
                            }
                            if (!result.ok()) {
                                FailureKind kind = result.failureKind(true);
                                if (!kind.counts()) {
                                    throw new IOException(result.reason());
                                }
                                LOG.warn("video={} quality={} remux: {}", id, quality, result.log());
                                throw new UnjoinableException(
                                        "the segments cannot be joined into one file: " + result.reason());
                            }
                            return Files.size(folder.resolve(name));
                        },
                        false)
                .compose(size -> files.putAll(id, folder, List.of(name), fence)
                        .compose(QualityJoiner::stillHeld)
                        .map(size))
                .eventually(() -> WorkFolders.remove(vertx, folder));
    }

    private Future<Boolean> failed(VideoId id, String quality, JoinRight right, String reason) {
        VideoError error = new VideoError(ErrorCode.ENCODE_FAILED, quality + " could not be joined: " + reason + ".");
        return videos.joinFailed(id, quality, right.token(), error)
                .onSuccess(fate -> LOG.warn("video={} quality={} not joined: {}; {}", id, quality, reason, fate))
                .map(false);
    }

    private Future<Boolean> giveBack(VideoId id, String quality, JoinRight right, Throwable failure) {
        room.notice(failure);
        LOG.warn("video={} quality={} will be joined later: {}", id, quality, failure.toString());
        return videos.releaseJoin(id, quality, right.token()).map(false);
    }
}
