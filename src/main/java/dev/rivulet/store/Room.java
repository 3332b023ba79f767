package dev.rivulet.store;

import dev.rivulet.job.DiskFull;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a node knows of the room on its disks: the bytes that are free where work is done and where media files are stored,
 * which may be two file systems, and how often a write failed for want of room, which a quota causes while free bytes are
 * seen. For any thread.
 */
public final class Room {
    private final Vertx vertx;
    private final Path work;
    private final MediaFiles files;
    private final long least;
    private final AtomicInteger shortages = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param least bytes that encoding leaves free
     */
    public Room(Vertx vertx, WorkFolders folders, MediaFiles files, long least) {
        this.vertx = vertx;
        this.work = folders.root();
        this.files = noticing(files);
        this.least = least;
    }

    /** The media files, whose failures are {@linkplain #notice noticed}. */
    public MediaFiles files() {
        return files;
    }

    /** Bytes that encoding leaves free. */
    public long least() {
        return least;
    }

    /** Bytes that are free in both places; fails when one of them cannot be written at all. */
    public Future<Long> free() {
        return files.freeBytes().compose(stored -> vertx.executeBlocking(() -> Math.min(stored, usable()), false));
    }

    /** Counts a failure, if it was for want of room. */
    public void notice(Throwable failure) {
        if (DiskFull.in(failure)) {
            notice(DiskFull.WORDS);
        }
    }

    /** Counts a failure, if this reason says that it was for want of room. */
    public void notice(String reason) {
        if (DiskFull.in(reason)) {
            shortages.incrementAndGet();
        }
    }

    /** How many writes have failed for want of room since the start. */
    public int shortages() {
        return shortages.get();
    }

    /** Says whether work has stopped for want of room. */
    public void close(boolean closed) {
        this.closed = closed;
    }

    /** Whether work has stopped for want of room. */
    public boolean closed() {
        return closed;
    }

    private long usable() throws IOException {
        try {
            Files.createDirectories(work);
            return Files.getFileStore(work).getUsableSpace();
        } catch (IOException e) {
            if (DiskFull.in(e)) {
                return 0;
            }
            throw e;
        }
    }

    private MediaFiles noticing(MediaFiles port) {
        Class<MediaFiles> type = MediaFiles.class;
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            try {
                Object answer = method.invoke(port, args);
                return answer instanceof Future<?> future ? future.onFailure(this::notice) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
