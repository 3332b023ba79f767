package dev.rivulet.upload;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to which bytes are added strictly in order, one write after the other: whenever the process is killed, the file
 * is a beginning of what was sent, without holes, and its length says how much has arrived. Vert.x's own file writes
 * several buffers at once, in any order. Used by one event loop.
 */
final class AppendedFile {
    private static final Logger LOG = LoggerFactory.getLogger(AppendedFile.class);
    private static final int QUEUE_BYTES = 512 * 1024;

    /** Synced so often, so that little is left to sync when the client waits for its answer. */
    private static final long SYNC_EVERY = 32L << 20;

    /** The same for a follower, in nanoseconds. */
    private static final long FOLLOWED = 250_000_000L;

    private final Vertx vertx;
    private final FileChannel channel;
    private final UploadChecksum.@Nullable Sum sum;
    private final Promise<Void> failure = Promise.promise();
    private List<Buffer> waiting = new ArrayList<>();
    private @Nullable Promise<Void> idle;
    private Runnable drained = () -> {};
    private @Nullable LongConsumer follower;
    private long appended;
    private long syncedAt = System.nanoTime();
    private boolean writing;
    private int queued;
    private long written;
    private long unsynced;
    private boolean syncing;

    private AppendedFile(Vertx vertx, FileChannel channel, UploadChecksum.@Nullable Sum sum, long length) {
        this.vertx = vertx;
        this.channel = channel;
        this.sum = sum;
        this.written = length;
        this.appended = length;
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
                .map(channel -> new AppendedFile(vertx, channel, sum, length));
    }

    /**
     * Syncs a few times a second from now on, for one who reads what has arrived.
     *
     * @param durable told how much of the file is on stable storage
     */
    void follow(LongConsumer durable) {
        follower = durable;
    }

    /** Takes bytes to be written behind the others; {@link #full} tells when to wait. */
    void write(Buffer bytes) {
        waiting.add(bytes);
        queued += bytes.length();
        written += bytes.length();
        if (!writing) {
            next();
        }
    }

    /** The file's length when all that was taken is written. */
    long written() {
        return written;
    }

    boolean full() {
        return queued >= QUEUE_BYTES;
    }

    /** @param handler called when it is not full any more */
    void drainHandler(Runnable handler) {
        drained = handler;
    }

    /** Fails when a write does; never succeeds. */
    Future<Void> failure() {
        return failure.future();
    }

    /** Waits until all that was taken is on stable storage. */
    Future<Void> settle() {
        return idle().compose(done -> vertx.executeBlocking(() -> force(true), false));
    }

    /** Waits for the writes and closes the file. */
    Future<Void> close() {
        return idle().otherwiseEmpty().compose(done -> vertx.executeBlocking(() -> closeChannel(), false));
    }

    private Future<Void> idle() {
        if (failure.future().failed()) {
            return failure.future();
        }
        if (!writing) {
            return Future.succeededFuture();
        }
        if (idle == null) {
            idle = Promise.promise();
        }
        return idle.future();
    }

    private void next() {
        List<Buffer> batch = waiting;
        int length = queued;
        waiting = new ArrayList<>();
        writing = true;
        vertx.executeBlocking(() -> append(batch), false).onFailure(this::fail).onSuccess(done -> appended(length));
    }

    private void appended(int length) {
        boolean wasFull = full();
        queued -= length;
        unsynced += length;
        appended += length;
        if (!syncing && (unsynced >= SYNC_EVERY || (follower != null && System.nanoTime() - syncedAt >= FOLLOWED))) {
            sync();
        }
        if (!waiting.isEmpty()) {
            next();
        } else {
            writing = false;
            if (idle != null) {
                idle.complete();
                idle = null;
            }
        }
        if (wasFull && !full()) {
            drained.run();
        }
    }

    private void sync() {
        syncing = true;
        unsynced = 0;
        long length = appended;
        vertx.executeBlocking(() -> force(false), false)
                .onFailure(early -> LOG.debug("early sync failed: {}", early.getMessage()))
                .onSuccess(synced -> {
                    if (follower != null) {
                        follower.accept(length);
                    }
                })
                .onComplete(done -> {
                    syncing = false;
                    syncedAt = System.nanoTime();
                });
    }

    private void fail(Throwable cause) {
        writing = false;
        waiting.clear();
        failure.tryFail(cause);
        if (idle != null) {
            idle.tryFail(cause);
            idle = null;
        }
    }

    private @Nullable Void append(List<Buffer> batch) throws IOException {
        for (Buffer buffer : batch) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer.getBytes());
            if (sum != null) {
                sum.add(bytes.duplicate());
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        return null;
    }

    private @Nullable Void force(boolean metaData) throws IOException {
        channel.force(metaData);
        return null;
    }

    private @Nullable Void closeChannel() throws IOException {
        channel.close();
        return null;
    }
}
