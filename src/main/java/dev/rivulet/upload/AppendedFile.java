package dev.rivulet.upload;

import dev.rivulet.store.disk.FileTree;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in which bytes arrive, however they come: added strictly in order, one write after the other, so that whenever the
 * process is killed the file is a beginning of what was sent, without holes, and its length says how much has arrived.
 * Vert.x's own file writes several buffers at once, in any order. Used by one event loop.
 */
final class AppendedFile implements WriteStream<Buffer> {
    private static final Logger LOG = LoggerFactory.getLogger(AppendedFile.class);
    private static final int QUEUE_BYTES = 512 * 1024;

    /** Synced so often, so that little is left to sync when the client waits for its answer. */
    private static final long SYNC_EVERY = 32L << 20;

    /** The same for a follower, in milliseconds. */
    private static final long FOLLOWED = 250;

    private final Vertx vertx;
    private final AppendedBytes bytes;
    private final long limit;
    private final Promise<Void> failure = Promise.promise();
    private Batch waiting = new Batch();
    private Batch written = new Batch();
    private boolean writing;
    private boolean over;
    private @Nullable Handler<Void> drained;
    private @Nullable LongConsumer follower;
    private long taken;
    private long appended;
    private long unsynced;
    private boolean syncing;
    private boolean awaited;
    private boolean closed;

    /** Bytes that are written at once. */
    private static final class Batch {
        private final List<Buffer> buffers = new ArrayList<>();
        private final Promise<Void> done = Promise.promise();
        private int length;
    }

    private AppendedFile(Vertx vertx, AppendedBytes bytes, long length, long limit) {
        this.vertx = vertx;
        this.bytes = bytes;
        this.taken = length;
        this.appended = length;
        this.limit = limit;
        this.written.done.complete();
    }

    /**
     * Opens a file that is there already.
     *
     * @param length of the file
     * @param sum adds up what is written, null when nobody asks for it
     */
    static Future<AppendedFile> open(Vertx vertx, Path path, long length, UploadChecksum.@Nullable Sum sum) {
        return vertx.executeBlocking(
                        () -> FileChannel.open(path, StandardOpenOption.WRITE).position(length), false)
                .map(channel -> new AppendedFile(vertx, new AppendedBytes(channel, sum), length, Long.MAX_VALUE));
    }

    /**
     * Opens a file, creates it if need be, name and all on stable storage.
     *
     * @param length what is behind that is cut off; when the file is shorter, all of it
     * @param limit most bytes that it may have
     */
    static Future<AppendedFile> create(Vertx vertx, Path path, long length, long limit) {
        return vertx.executeBlocking(
                () -> {
                    Path folder = Objects.requireNonNull(path.getParent());
                    FileTree.create(folder);
                    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                    FileTree.sync(folder);
                    long kept = channel.size() < length ? 0 : length;
                    channel.truncate(kept).position(kept);
                    return new AppendedFile(vertx, new AppendedBytes(channel, null), kept, limit);
                },
                false);
    }

    /**
     * Syncs a few times a second from now on, for one who reads what has arrived.
     *
     * @param durable told how much of the file is on stable storage
     */
    void follow(LongConsumer durable) {
        follower = durable;
    }

    /** The file's length when all that was taken is written. */
    long length() {
        return taken;
    }

    /** Whether it was given more than it may have. */
    boolean over() {
        return over;
    }

    /** Fails when a write does; never succeeds. */
    Future<Void> failure() {
        return failure.future();
    }

    /** Waits until all that was taken so far is on stable storage; the file's length then. */
    Future<Long> settle() {
        long length = taken;
        return taken().compose(done -> vertx.executeBlocking(() -> bytes.synced(length, true), false));
    }

    /** Throws away what is behind {@code length}, for good. */
    Future<Void> cut(long length) {
        return taken().compose(done -> vertx.<Void>executeBlocking(() -> bytes.truncate(length), false))
                .onSuccess(done -> {
                    taken = length;
                    appended = length;
                });
    }

    /** Waits for what was taken, and closes the file; also when that could not be written. */
    Future<Void> close() {
        closed = true;
        return taken().otherwiseEmpty()
                .compose(done -> vertx.executeBlocking(
                        () -> {
                            bytes.close();
                            return null;
                        },
                        false));
    }

    /** Takes bytes to be written behind the others; {@link #writeQueueFull} tells when to wait. */
    @Override
    public Future<Void> write(Buffer piece) {
        if (failure.future().failed()) {
            return failure.future();
        } else if (taken + piece.length() > limit) {
            over = true;
            return Future.failedFuture("the file is too large");
        }
        taken += piece.length();
        waiting.buffers.add(piece);
        waiting.length += piece.length();
        Future<Void> done = waiting.done.future();
        if (!writing) {
            next();
        }
        return done;
    }

    @Override
    public boolean writeQueueFull() {
        return waiting.length >= QUEUE_BYTES;
    }

    @Override
    public AppendedFile drainHandler(@Nullable Handler<Void> handler) {
        drained = handler;
        return this;
    }

    @Override
    public Future<Void> end() {
        return taken();
    }

    @Override
    public AppendedFile exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public AppendedFile setWriteQueueMaxSize(int size) {
        return this;
    }

    private Future<Void> taken() {
        return failure.future().failed() ? failure.future() : (waiting.length > 0 ? waiting : written).done.future();
    }

    private void next() {
        Batch batch = waiting;
        boolean wasFull = writeQueueFull();
        waiting = new Batch();
        written = batch;
        writing = true;
        vertx.<Void>executeBlocking(() -> bytes.append(batch.buffers), false)
                .onFailure(cause -> fail(batch, cause))
                .onSuccess(done -> appended(batch));
        if (wasFull && drained != null) {
            drained.handle(null);
        }
    }

    private void appended(Batch batch) {
        unsynced += batch.length;
        appended += batch.length;
        if (unsynced >= SYNC_EVERY) {
            sync();
        }
        syncSoon();
        if (waiting.length > 0) {
            next();
        } else {
            writing = false;
        }
        batch.done.complete();
    }

    /** Also when nothing comes after it. */
    private void syncSoon() {
        if (follower != null && unsynced > 0 && !awaited) {
            awaited = true;
            vertx.setTimer(FOLLOWED, now -> {
                awaited = false;
                sync();
            });
        }
    }

    private void sync() {
        if (syncing || closed || unsynced == 0) {
            return;
        }
        syncing = true;
        unsynced = 0;
        long length = appended;
        vertx.executeBlocking(() -> bytes.synced(length, false), false)
                .onFailure(early -> LOG.debug("early sync failed: {}", early.getMessage()))
                .onSuccess(synced -> {
                    if (follower != null) {
                        follower.accept(synced);
                    }
                })
                .onComplete(done -> {
                    syncing = false;
                    syncSoon();
                });
    }

    /** Nothing may follow a gap. */
    private void fail(Batch batch, Throwable cause) {
        writing = false;
        failure.tryFail(cause);
        batch.done.fail(cause);
        waiting.done.fail(cause);
        waiting = new Batch();
    }
}
