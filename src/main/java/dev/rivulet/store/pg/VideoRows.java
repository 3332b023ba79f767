package dev.rivulet.store.pg;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.Underway;
import dev.rivulet.store.Video;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@link VideoSql} as values. */
final class VideoRows {
    private static final TypeReference<List<RenditionRow>> RENDITIONS = new TypeReference<>() {};

    private VideoRows() {}

    static Video video(Row row) {
        return video(row, null);
    }

    /** @param known the plan where it was not read again */
    static Video video(Row row, @Nullable MediaPlan known) {
        String plan = row.getString("plan");
        return new Video(
                new VideoId(row.getUUID("id")),
                row.getString("title"),
                row.getString("description"),
                row.getString("file_name"),
                VideoStatus.valueOf(row.getString("status")),
                row.getDouble("progress"),
                row.getLong("file_size"),
                row.getInteger("priority"),
                row.getString("user_id"),
                row.getLong("views"),
                row.getBoolean("poster"),
                row.getBoolean("previewable"),
                row.getBoolean("storyboard"),
                plan == null ? known : Json.read(plan, MediaPlan.class),
                Json.read(row.getString("renditions"), RENDITIONS),
                error(row),
                row.getBoolean("tidied"),
                row.getLong("seq"),
                instant(row, "processing_since"),
                row.getDouble("processing_from"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    static Underway underway(Row row) {
        return new Underway(
                new VideoId(row.getUUID("id")),
                row.getDouble("told"),
                row.getOffsetDateTime("since").toInstant(),
                row.getDouble("processing_from"),
                row.getDouble("share"));
    }

    static @Nullable VideoError error(Row row) {
        String code = row.getString("error_code");
        return code == null ? null : new VideoError(ErrorCode.valueOf(code), row.getString("error_message"));
    }

    static @Nullable Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
