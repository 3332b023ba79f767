package dev.rivulet.upload;

import dev.rivulet.store.disk.FileTree;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows by one write after the other, so that it never has holes, whenever the process is killed; Vert.x's own
 * has several writes under way, which may end in any order. Belongs to one event loop.
 */
final class SequentialFile implements WriteStream<Buffer> {
    private static final int QUEUE_BYTES = 512 * 1024;

    private final Vertx vertx;
    private final FileChannel channel;
    private final long limit;
    private long taken;
    private Buffer waiting = Buffer.buffer();
    private Promise<Void> next = Promise.promise();
    private Future<Void> last = Future.succeededFuture();
    private boolean writing;
    private boolean over;
    private @Nullable Handler<Void> drained;

    private SequentialFile(Vertx vertx, FileChannel channel, long length, long limit) {
        this.vertx = vertx;
        this.channel = channel;
        this.taken = length;
        this.limit = limit;
    }

    /**
     * Opens a file, creates it if need be.
     *
     * @param length what is behind that is cut off; when the file is shorter, all of it
     * @param limit most bytes that it may have
     */
    static Future<SequentialFile> open(Vertx vertx, Path path, long length, long limit) {
        return vertx.executeBlocking(
                () -> {
                    Path folder = Objects.requireNonNull(path.getParent());
                    FileTree.create(folder);
                    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                    FileTree.sync(folder);
                    long kept = channel.size() < length ? 0 : length;
                    channel.truncate(kept).position(kept);
                    return new SequentialFile(vertx, channel, kept, limit);
                },
                false);
    }

    /** Its length, once all that was given to it is written. */
    long length() {
        return taken;
    }

    /** Whether it was given more than it may have. */
    boolean over() {
        return over;
    }

    /** Waits until all that was given to it so far is on stable storage; its length then. */
    Future<Long> durable() {
        long length = taken;
        return written()
                .compose(done -> vertx.executeBlocking(
                        () -> {
                            channel.force(true);
                            return length;
                        },
                        false));
    }

    /** Throws away what is behind {@code length}, for good. */
    Future<Void> cut(long length) {
        return written()
                .compose(done -> vertx.<Void>executeBlocking(() -> truncate(length), false))
                .onSuccess(done -> taken = length);
    }

    /** Waits for what was given to it, and closes it; also when that could not be written. */
    Future<Void> close() {
        return written().otherwiseEmpty().compose(done -> vertx.executeBlocking(this::closeChannel, false));
    }

    @Override
    public Future<Void> write(Buffer bytes) {
        if (taken + bytes.length() > limit) {
            over = true;
            return Future.failedFuture("the file is too large");
        }
        taken += bytes.length();
        waiting.appendBuffer(bytes);
        Future<Void> done = next.future();
        if (!writing) {
            writing = true;
            writeWaiting();
        }
        return done;
    }

    @Override
    public boolean writeQueueFull() {
        return waiting.length() >= QUEUE_BYTES;
    }

    @Override
    public SequentialFile drainHandler(@Nullable Handler<Void> handler) {
        drained = handler;
        return this;
    }

    @Override
    public Future<Void> end() {
        return written();
    }

    @Override
    public SequentialFile exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public SequentialFile setWriteQueueMaxSize(int size) {
        return this;
    }

    private Future<Void> written() {
        return writing && waiting.length() > 0 ? next.future() : last;
    }

    private void writeWaiting() {
        byte[] bytes = waiting.getBytes();
        Promise<Void> done = next;
        waiting = Buffer.buffer();
        next = Promise.promise();
        last = done.future();
        vertx.<Void>executeBlocking(() -> append(bytes), false).onComplete(result -> {
            if (result.failed()) {
                // Nothing may follow a gap.
                done.fail(result.cause());
                next.tryFail(result.cause());
                last = Future.failedFuture(result.cause());
                waiting = Buffer.buffer();
                return;
            }
            if (waiting.length() > 0) {
                writeWaiting();
            } else {
                writing = false;
            }
            done.complete();
            if (drained != null && !writeQueueFull()) {
                Handler<Void> handler = drained;
                drained = null;
                handler.handle(null);
            }
        });
    }

    private @Nullable Void append(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        return null;
    }

    private @Nullable Void truncate(long length) throws IOException {
        channel.truncate(length).position(length);
        channel.force(true);
        return null;
    }

    private @Nullable Void closeChannel() throws IOException {
        channel.close();
        return null;
    }
}
