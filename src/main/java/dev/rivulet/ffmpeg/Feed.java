package dev.rivulet.ffmpeg;

import java.io.IOException;
import java.io.OutputStream;

/** What a process is given on its standard input. */
@FunctionalInterface
public interface Feed {
    /**
     * Writes all of it; on a thread of its own, which is interrupted when the process has ended.
     *
     * @param waiting to be called at least every few seconds while there is nothing to write: then it is not the process that
     *     makes no progress
     * @throws IOException when the process wants no more, or there is no more to have: its input ends then
     * @throws InterruptedException when the process has ended
     */
    void write(OutputStream to, Runnable waiting) throws IOException, InterruptedException;
}
