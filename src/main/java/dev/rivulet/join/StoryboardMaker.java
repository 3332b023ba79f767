package dev.rivulet.join;

import dev.rivulet.ffmpeg.Access;
import dev.rivulet.ffmpeg.FfmpegRunner;
import dev.rivulet.ffmpeg.RunResult;
import dev.rivulet.ffmpeg.StoryboardCommand;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Storyboard;
import dev.rivulet.store.Fence;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the pictures of the seek bar, once the lowest quality is one file. A video is whole without them. */
final class StoryboardMaker {
    private static final Logger LOG = LoggerFactory.getLogger(StoryboardMaker.class);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final MediaFiles files;
    private final WorkFolders folders;
    private final FfmpegRunner runner;

    StoryboardMaker(Vertx vertx, JoinParts parts) {
        this.vertx = vertx;
        this.files = parts.files();
        this.folders = parts.folders();
        this.runner = parts.runner();
    }

    private record BoardKey(VideoId video) {}

    /** True when this call stored one. Never fails: why there is none is in the log. */
    Future<Boolean> make(VideoId id, MediaPlan plan, Fence fence) {
        return files.find(id, Storyboard.INDEX)
                .compose(there -> there.isPresent() ? Future.succeededFuture(false) : made(id, plan, fence))
                .otherwise(failure -> {
                    LOG.warn("video={} has no storyboard: {}", id, failure.toString());
                    return false;
                });
    }

    /** Breaks off. */
    void stop(VideoId id) {
        runner.kill(new BoardKey(id), "is not wanted any more");
    }

    private Future<Boolean> made(VideoId id, MediaPlan plan, Fence fence) {
        Storyboard board = Storyboard.of(plan);
        Path folder = folders.join(id, "storyboard");
        Path mp4 = Path.of(files.input(id, plan.renditions().get(0).quality() + ".mp4"));
        List<String> sprites =
                IntStream.range(0, board.sprites()).mapToObj(Storyboard::sprite).toList();
        return vertx.<Void>executeBlocking(
                        () -> {
                            Files.createDirectories(folder);
                            RunResult result = runner.ffmpeg(
                                    new BoardKey(id),
                                    StoryboardCommand.of(mp4, board, folder),
                                    Access.writing(List.of(Objects.requireNonNull(mp4.getParent())), folder),
                                    folder.resolve("log.txt"),
                                    LIMIT,
                                    progress -> {});
                            if (!result.ok()) {
                                throw new IOException(result.reason() + ": " + result.log());
                            }
                            return null;
                        },
                        false)
                .compose(done -> files.putAll(id, folder, sprites, fence))
                // What names the sprites comes last: it is there only when they are.
                .compose(stored -> stored
                        ? files.write(id, Storyboard.INDEX, Buffer.buffer(board.webVtt()), fence)
                        : Future.succeededFuture(false))
                .eventually(() -> WorkFolders.remove(vertx, folder));
    }
}
