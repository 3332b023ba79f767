package dev.rivulet.ffmpeg;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.VideoError;

/** An uploaded file cannot become a video; probing saw why. */
public final class RejectedSourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final VideoError error;

    public RejectedSourceException(ErrorCode code, String message) {
        super(message);
        this.error = new VideoError(code, message);
    }

    /** What to tell the uploader. */
    public VideoError error() {
        return error;
    }
}
