package dev.rivulet.encode;

import dev.rivulet.ffmpeg.Feed;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MovieHead;
import dev.rivulet.store.Arrivals;
import dev.rivulet.store.ArrivingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Gives a process the bytes of an upload as they arrive, index first: what needs the whole film, in order, has no reason to
 * wait for its end.
 */
final class ArrivingFeed implements Feed {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int BLOCK = 1 << 18;

    private final Arrivals arrivals;
    private final ArrivingFile file;
    private final EarlySource source;
    private final VideoId video;
    private final Path whole;
    private final Duration patience;
    private final Duration look;
    private long size;
    private volatile boolean complete;

    /**
     * @param file closed by its owner
     * @param whole where the file will lie once all of it has arrived
     * @param patience without a byte, after which there is nothing more to have
     */
    ArrivingFeed(
            Arrivals arrivals, ArrivingFile file, EarlySource source, VideoId video, Path whole, Duration patience) {
        this.arrivals = arrivals;
        this.file = file;
        this.source = source;
        this.size = source.size();
        this.video = video;
        this.whole = whole;
        this.patience = patience;
        this.look = patience.compareTo(LOOK) < 0 ? patience : LOOK;
    }

    /** Whether everything was written. */
    boolean complete() {
        return complete;
    }

    @Override
    public void write(OutputStream to, Runnable waiting) throws IOException, InterruptedException {
        if (source.front() > 0) {
            copy(0, source.front(), to, waiting);
            byte[] moov = file.at(source.moovAt(), source.moovLength())
                    .orElseThrow(() -> new IOException("the index has gone"));
            to.write(MovieHead.moved(moov, source.moovAt()));
            copy(source.front(), source.moovAt(), to, waiting);
            copy(source.moovAt() + source.moovLength(), source.size(), to, waiting);
        } else {
            copy(0, source.size(), to, waiting);
        }
        to.flush();
        complete = true;
    }

    private void copy(long from, long end, OutputStream to, Runnable waiting) throws IOException, InterruptedException {
        long at = from;
        while (at < Math.min(end, size)) {
            await(at, waiting);
            byte[] bytes = file.read(at, (int) Math.max(0, Math.min(BLOCK, Math.min(end, size) - at)));
            to.write(bytes);
            at += bytes.length;
        }
    }

    private void await(long offset, Runnable waiting) throws IOException, InterruptedException {
        long silentSince = System.nanoTime();
        while (file.there(offset) == 0 && offset < size) {
            long before = file.arrived();
            file.arrived(arrivals.await(video, before, look));
            if (Files.exists(whole)) {
                size = Math.min(size, Files.size(whole));
                file.arrived(file.size());
            }
            long now = System.nanoTime();
            if (file.arrived() > before) {
                silentSince = now;
            } else if (now - silentSince > patience.toNanos()) {
                throw new IOException("nothing has arrived for " + patience.toSeconds() + " s");
            }
            waiting.run();
        }
    }
}
