package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds one process, on a thread of its own: it may have to wait for what it feeds. */
final class Feeder {
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);

    private final Thread thread;

    private Feeder(Thread thread) {
        this.thread = thread;
    }

    static Feeder start(Feed feed, Process process, Watch watch) {
        Thread thread = new Thread(() -> feed(feed, process, watch), "ffmpeg-feed");
        thread.setDaemon(true);
        thread.start();
        return new Feeder(thread);
    }

    private static void feed(Feed feed, Process process, Watch watch) {
        try (OutputStream to = process.getOutputStream()) {
            feed.write(to, watch::waiting);
        } catch (IOException enough) {
            LOG.debug("pid={} is fed no more: {}", process.pid(), enough.getMessage());
        } catch (InterruptedException ended) {
            LOG.debug("pid={} has ended", process.pid());
        }
    }

    /** The process has ended. */
    void end() {
        thread.interrupt();
    }
}
