package dev.rivulet.store.pg;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The public JSON message of an update. */
final class UpdateBody {
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private UpdateBody() {}

    /**
     * @param seq number of the update
     * @param status of the video with it
     * @param progress of the video with it, 0 to 100
     * @param at when it became true
     */
    static JsonObject of(
            VideoId video, long seq, Announcement announcement, VideoStatus status, double progress, Instant at) {
        JsonObject body = new JsonObject()
                .put("type", "update")
                .put("videoId", video.toString())
                .put("seq", seq)
                .put("stage", announcement.stage())
                .put("status", status.name())
                .put("progress", progress)
                .putNull("quality")
                .putNull("url")
                .put("at", RFC_3339.format(at));
        announcement.fields().forEach(body::put);
        if (announcement.error() != null) {
            body.put(
                    "error",
                    new JsonObject()
                            .put("code", announcement.error().code().code())
                            .put("message", Json.storable(announcement.error().message())));
        }
        return body;
    }
}
