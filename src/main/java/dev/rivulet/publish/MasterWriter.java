package dev.rivulet.publish;

import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.Fence;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.TaskStore;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the master playlist as the rows say. Several nodes may do so at once, and each may be stopped between reading and
 * writing: nobody writes by rows that are old, and everybody looks again when he has written.
 */
final class MasterWriter {
    private static final String NAME = "master.m3u8";

    private final VideoStore videos;
    private final TaskStore tasks;
    private final MediaFiles files;
    private final Supplier<Fence> fresh;

    /** @param fresh makes a fence that closes when what was read after its making is too old to write by */
    MasterWriter(VideoStore videos, TaskStore tasks, MediaFiles files, Supplier<Fence> fresh) {
        this.videos = videos;
        this.tasks = tasks;
        this.files = files;
        this.fresh = fresh;
    }

    /** Makes the playlist true, if there is anything to be listed. */
    Future<Void> write(VideoId id) {
        return read(id).compose(read -> write(id, read));
    }

    private Future<Void> write(VideoId id, Read read) {
        if (read.text().isEmpty()) {
            return Future.succeededFuture();
        }
        return stored(id)
                .compose(stored -> stored.equals(read.text())
                        ? Future.succeededFuture()
                        : files.write(id, NAME, Buffer.buffer(read.text()), read.fence())
                                .compose(written -> read(id))
                                .compose(again -> again.gone() ? files.deleteAll(id) : write(id, again)));
    }

    private Future<String> stored(VideoId id) {
        return files.find(id, NAME)
                .compose(file ->
                        file.isPresent() ? files.read(id, NAME).map(Buffer::toString) : Future.succeededFuture(""));
    }

    /** @param text empty when there is nothing to list */
    private record Read(boolean gone, String text, Fence fence) {}

    private Future<Read> read(VideoId id) {
        Fence fence = fresh.get();
        return videos.outline(id).compose(found -> found.map(this::text)
                .orElseGet(() -> Future.succeededFuture(""))
                .map(text -> new Read(found.isEmpty(), text, fence)));
    }

    private Future<String> text(Video video) {
        MediaPlan plan = video.plan();
        List<RenditionRow> listed = Publication.listed(video);
        if (plan == null || listed.isEmpty()) {
            return Future.succeededFuture("");
        }
        Future<Optional<AudioMade>> sound =
                plan.audio().isEmpty() ? Future.succeededFuture(Optional.empty()) : tasks.audio(video.id());
        Future<Optional<SubtitlesMade>> texts =
                plan.subtitles().isEmpty() ? Future.succeededFuture(Optional.empty()) : tasks.subtitles(video.id());
        return sound.compose(made -> texts.map(text -> MasterPlaylist.of(plan, listed, made, text)));
    }
}
