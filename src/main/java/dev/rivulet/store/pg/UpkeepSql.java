package dev.rivulet.store.pg;

/** Statements of housekeeping. Parameters are named in the comment above each; durations are in milliseconds. */
final class UpkeepSql {
    private UpkeepSql() {}

    /** ids. Parts of uploads are no videos, and arrive like them; also while they are put together and have no row. */
    static final String STATES =
            """
            SELECT id, status FROM videos WHERE id = ANY($1::uuid[])
            UNION SELECT id, 'UPLOADING' FROM uploads WHERE video_id IS NULL AND id = ANY($1::uuid[])
            UNION SELECT p.id, 'UPLOADING' FROM uploads u JOIN videos v ON v.id = u.video_id, unnest(u.parts) AS p (id)
            WHERE u.kind = 'FINAL' AND u.parts && $1::uuid[] AND p.id = ANY($1::uuid[]) AND v.status = 'UPLOADING'
            """;

    /** task ids. */
    static final String LEASES =
            "SELECT id, lease_token, attempt FROM tasks WHERE id = ANY($1::bigint[]) AND state = 'RUNNING'";

    /** age, limit. */
    static final String REMOVALS =
            """
            SELECT video_id AS id, %s AS age FROM removals
            WHERE at <= clock_timestamp() - $1::bigint * interval '1 millisecond'
            ORDER BY at LIMIT $2
            """
                    .formatted(age("at"));

    /** ids. */
    static final String REMOVED = "SELECT video_id AS id FROM removals WHERE video_id = ANY($1::uuid[])";

    /** ids. */
    static final String FORGET = "DELETE FROM removals WHERE video_id = ANY($1::uuid[])";

    /** An import ends by itself, at the latest with its time. */
    private static final String IS_SILENT =
            """
            status = 'UPLOADING' AND updated_at <= clock_timestamp() - $1::bigint * interval '1 millisecond'
                AND NOT EXISTS (SELECT FROM uploads u WHERE u.video_id = videos.id)
                AND NOT EXISTS (SELECT FROM imports i WHERE i.video_id = videos.id)
            """;

    /** silence, limit. */
    static final String SILENT = "SELECT id, %s AS age FROM videos WHERE %s ORDER BY updated_at LIMIT $2"
            .formatted(age("updated_at"), IS_SILENT);

    /** silence, id. */
    static final String ABANDON = "DELETE FROM videos WHERE id = $2 AND " + IS_SILENT;

    /** limit. */
    static final String LAPSED =
            """
            SELECT u.id, %s AS age FROM uploads u LEFT JOIN videos v ON v.id = u.video_id
            WHERE u.expires_at <= clock_timestamp() AND (u.video_id IS NULL OR v.status = 'UPLOADING')
            ORDER BY u.expires_at LIMIT $1
            """
                    .formatted(age("u.expires_at"));

    /** id. */
    static final String LAPSE =
            """
            WITH lapsed AS (SELECT id, video_id FROM uploads
                            WHERE id = $1 AND expires_at <= clock_timestamp() FOR UPDATE),
                 video AS (DELETE FROM videos v USING lapsed
                           WHERE v.id = lapsed.video_id AND v.status = 'UPLOADING' RETURNING v.id),
                 part AS (DELETE FROM uploads u USING lapsed
                          WHERE u.id = lapsed.id AND lapsed.video_id IS NULL RETURNING u.id)
            SELECT id FROM video UNION ALL SELECT id FROM part
            """;

    /** A video is untidied while the publish stage still removes what it left. */
    private static final String IS_EXPIRED =
            """
            tidied AND (
                (status IN ('COMPLETED', 'PARTIAL') AND $1::bigint > 0
                    AND updated_at <= clock_timestamp() - $1::bigint * interval '1 millisecond')
                OR (status IN ('FAILED', 'CANCELLED') AND $2::bigint > 0
                    AND updated_at <= clock_timestamp() - $2::bigint * interval '1 millisecond'))
            """;

    /** retention of completed, of failed, limit. */
    static final String EXPIRED = "SELECT id, %s AS age FROM videos WHERE %s ORDER BY updated_at LIMIT $3"
            .formatted(age("updated_at"), IS_EXPIRED);

    /** retention of completed, of failed, id. */
    static final String EXPIRE = "DELETE FROM videos WHERE id = $3 AND " + IS_EXPIRED;

    private static String age(String column) {
        return "greatest(0, floor(extract(epoch FROM clock_timestamp() - " + column + ") * 1000))::bigint";
    }
}
