package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of videos under their final names: {@code {videoId}/{name}}. A file appears whole or not at all, and is on
 * stable storage when the future completes. Names are relative, of {@code [a-z0-9_.-]} and single slashes.
 */
public interface MediaFiles {
    /** Name of the uploaded file. */
    String SOURCE = "source/original";

    /** Name of a copy of the uploaded file's streams in a container with an index. */
    String COPY = "source/copy.mkv";

    /**
     * Moves local files to their names; repeatable: a name that is there already is replaced, and a file that is not there
     * any more was moved by a call before, if its name is taken.
     *
     * @param fence asked immediately before each file takes its name
     * @return false when the fence was closed; what had not been moved by then stays where it is
     */
    Future<Boolean> putAll(VideoId video, Path folder, List<String> names, Fence fence);

    /** As {@link #putAll(VideoId, Path, List, Fence)}, by a caller whom nobody replaces. */
    default Future<Void> putAll(VideoId video, Path folder, List<String> names) {
        return putAll(video, folder, names, Fence.OPEN).mapEmpty();
    }

    /**
     * Writes a small file, replacing it whole.
     *
     * @param fence asked immediately before the file takes its name
     * @return false when the fence was closed, and nothing was changed
     */
    Future<Boolean> write(VideoId video, String name, Buffer content, Fence fence);

    /** As {@link #write(VideoId, String, Buffer, Fence)}, by a caller whom nobody replaces. */
    default Future<Void> write(VideoId video, String name, Buffer content) {
        return write(video, name, content, Fence.OPEN).mapEmpty();
    }

    /** Takes over an uploaded file that is already on stable storage. */
    Future<Void> adoptSource(VideoId video, Path uploaded);

    /** What ffmpeg opens to read a file: a path here. */
    String input(VideoId video, String name);

    /** A file to be served; empty when there is none. */
    Future<Optional<StoredFile>> find(VideoId video, String name);

    /** Reads a small file whole; fails when there is none. */
    Future<Buffer> read(VideoId video, String name);

    /** Removes files or folders; one that is not there is no error. */
    Future<Void> delete(VideoId video, List<String> names);

    /** Removes everything of a video, for good: whoever stores something of it here afterwards is refused. */
    Future<Void> deleteAll(VideoId video);

    /**
     * What the store holds, in the order of names: ids of videos, or what somebody else has put there; temporary files of
     * the store itself are left out. What appears meanwhile may be missing.
     *
     * @param after the last name of the page before, or an empty text
     * @param limit names on a page
     */
    Future<List<String>> names(String after, int limit);

    /** What there is of a video; empty when there is nothing. Reads every name: not for every video at once. */
    Future<Optional<Extent>> extent(VideoId video);

    /** Bytes of those of {@code names} that there are files of. */
    Future<Map<String, Long>> sizes(VideoId video, Collection<String> names);

    /** Tells the free bytes, 0 when not even a file can be made for want of room; fails when the storage cannot be written. */
    Future<Long> freeBytes();

    /** A stored file. */
    record StoredFile(Path path, long size, Instant modified) {}
}
