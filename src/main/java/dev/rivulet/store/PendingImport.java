package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import java.time.Duration;

/**
 * A video that is fetched by link, as far as that has come.
 *
 * @param url a secret: it may be signed
 * @param told whether other stages were told of bytes of it, and may have made something of them
 */
public record PendingImport(VideoId video, String url, Arrived arrived, Duration spent, boolean told) {
    /**
     * What has arrived.
     *
     * @param bytes from the beginning of the file, on stable storage
     * @param size of the whole file, -1 when unknown
     * @param validator of the file that they are from
     */
    public record Arrived(long bytes, long size, Validator validator) {
        /** Nothing. */
        public static final Arrived NOTHING = new Arrived(0, -1, Validator.NONE);

        /** The same file, of which more has arrived. */
        public Arrived upTo(long more) {
            return new Arrived(more, size, validator);
        }
    }

    @Override
    public String toString() {
        return "PendingImport[video=" + video + ", arrived=" + arrived + ", spent=" + spent + "]";
    }
}
