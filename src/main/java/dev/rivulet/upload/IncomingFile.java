package dev.rivulet.upload;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being received. */
final class IncomingFile {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingFile.class);
    private static final int QUEUE_BYTES = 512 * 1024;

    /** Synced so often, so that little is left to sync when the client waits for its answer. */
    private static final long SYNC_EVERY = 32L << 20;

    private final Vertx vertx;
    private final Path path;
    private final AsyncFile file;
    private long written;
    private long synced;
    private boolean syncing;

    private IncomingFile(Vertx vertx, Path path, AsyncFile file) {
        this.vertx = vertx;
        this.path = path;
        this.file = file.setWriteQueueMaxSize(QUEUE_BYTES);
    }

    /** Creates the file, which must not be there yet. */
    static Future<IncomingFile> create(Vertx vertx, Path path) {
        OpenOptions options = new OpenOptions().setRead(false).setWrite(true).setCreateNew(true);
        return vertx.fileSystem()
                .mkdirs(String.valueOf(path.getParent()))
                .compose(folder -> vertx.fileSystem().open(path.toString(), options))
                .map(file -> new IncomingFile(vertx, path, file));
    }

    /** Writes behind what was written before; {@link #full} tells when to wait. */
    Future<Void> write(Buffer bytes) {
        written += bytes.length();
        Future<Void> writing = file.write(bytes);
        if (written - synced >= SYNC_EVERY && !syncing) {
            syncing = true;
            synced = written;
            file.flush()
                    .onFailure(failure -> LOG.debug("early sync failed: {}", failure.getMessage()))
                    .onComplete(done -> syncing = false);
        }
        return writing;
    }

    /** Bytes written so far. */
    long written() {
        return written;
    }

    boolean full() {
        return file.writeQueueFull();
    }

    void drainHandler(Handler<Void> drained) {
        file.drainHandler(drained);
    }

    /** Waits for all writes and for the disk; afterwards the file may be moved. */
    Future<Void> finish() {
        return file.close().compose(closed -> vertx.executeBlocking(() -> sync(path), false));
    }

    /** Closes and deletes the file. */
    Future<Void> discard() {
        return file.close()
                .recover(alreadyClosed -> Future.succeededFuture())
                .compose(closed -> vertx.fileSystem().delete(path.toString()))
                .recover(alreadyGone -> Future.succeededFuture());
    }

    private static @Nullable Void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return null;
    }
}
