package dev.rivulet.store.pg;

/** Statements of housekeeping. Parameters are named in the comment above each; durations are in milliseconds. */
final class UpkeepSql {
    private UpkeepSql() {}

    /** ids. */
    static final String STATES = "SELECT id, status FROM videos WHERE id = ANY($1::uuid[])";

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

    private static final String IS_SILENT =
            "status = 'UPLOADING' AND updated_at <= clock_timestamp() - $1::bigint * interval '1 millisecond'";

    /** silence, limit. */
    static final String SILENT = "SELECT id, %s AS age FROM videos WHERE %s ORDER BY updated_at LIMIT $2"
            .formatted(age("updated_at"), IS_SILENT);

    /** silence, id. */
    static final String ABANDON = "DELETE FROM videos WHERE id = $2 AND " + IS_SILENT;

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
