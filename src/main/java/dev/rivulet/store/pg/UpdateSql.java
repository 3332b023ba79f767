package dev.rivulet.store.pg;

/** Statements on updates. Parameters are named in the comment above each. */
final class UpdateSql {
    private UpdateSql() {}

    /** id. */
    static final String LOCK =
            "SELECT status, progress, error_code, error_message FROM videos WHERE id = $1 FOR UPDATE";

    /** id. */
    static final String SAID = "SELECT once_key FROM updates WHERE video_id = $1 AND once_key IS NOT NULL";

    /** id. */
    static final String LOCK_UNPLANNED =
            "SELECT id FROM videos WHERE id = $1 AND status = 'PROCESSING' AND plan IS NULL FOR UPDATE";

    /**
     * id, once key, status, progress, run begins, poster, previewable, storyboard, error code, error
     * message, settled. What a video
     * leaves behind is to be removed from the moment in which it settles.
     */
    static final String APPLY =
            """
            UPDATE videos
            SET seq = seq + 1,
                status = $3,
                progress = $4,
                processing_since = CASE WHEN $5::boolean THEN clock_timestamp() ELSE processing_since END,
                processing_from = CASE WHEN $5::boolean THEN %s ELSE processing_from END,
                poster = poster OR $6,
                previewable = previewable OR $7,
                storyboard = storyboard OR $8,
                error_code = $9,
                error_message = $10,
                tidied = CASE WHEN status = $3 THEN tidied ELSE NOT $11::boolean END,
                updated_at = clock_timestamp()
            WHERE id = $1
              AND NOT EXISTS (SELECT FROM updates u WHERE u.video_id = $1 AND u.once_key = $2)
            RETURNING seq, updated_at
            """
                    .formatted(VideoSql.MADE);

    /** id, seq, body, once key, last seq that need not be kept. */
    static final String SAY =
            """
            WITH forgotten AS (
                DELETE FROM updates WHERE video_id = $1 AND seq <= $5 AND once_key IS NULL)
            INSERT INTO updates (video_id, seq, body, once_key) VALUES ($1, $2, $3::text::jsonb, $4)
            """;

    /** videos, progress of each. */
    static final String MOVE_ON =
            """
            WITH locked AS (
                SELECT id FROM videos
                WHERE id = ANY($1::uuid[]) AND status IN ('UPLOADING', 'PROCESSING', 'READY') ORDER BY id FOR UPDATE)
            UPDATE videos v
            SET seq = v.seq + 1, progress = least(100, greatest(v.progress, n.progress)), updated_at = clock_timestamp()
            FROM locked JOIN unnest($1::uuid[], $2::float8[]) AS n (id, progress) USING (id)
            WHERE v.id = locked.id
            RETURNING v.id, v.seq, v.status, v.progress, v.updated_at
            """;

    /** videos, seqs, bodies, how many updates are kept of each. */
    static final String SAY_ALL =
            """
            WITH said AS (
                SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS s (video_id, seq, body)),
            forgotten AS (
                DELETE FROM updates u USING said s
                WHERE u.video_id = s.video_id AND u.seq <= s.seq - $4::bigint AND u.once_key IS NULL)
            INSERT INTO updates (video_id, seq, body) SELECT video_id, seq, body::jsonb FROM said
            """;

    /** id: what is left to do for a video of which nothing more is wanted. */
    static final String CANCEL_TASKS =
            """
            UPDATE tasks t
            SET state = 'CANCELLED', lease_token = NULL, lease_until = NULL, finished_at = clock_timestamp()
            FROM (SELECT id FROM tasks
                  WHERE video_id = $1 AND state IN ('WAITING', 'QUEUED', 'RUNNING') ORDER BY id FOR UPDATE) unsettled
            WHERE t.id = unsettled.id
            """;

    /** id. */
    static final String REMOVAL =
            "SELECT seq, status, progress, at FROM removals WHERE video_id = $1 AND seq IS NOT NULL";

    /** id, seq. One row at least when the video is there. */
    static final String AFTER =
            """
            SELECT v.seq AS newest, u.seq, u.body::text AS body
            FROM videos v LEFT JOIN updates u ON u.video_id = v.id AND u.seq > $2
            WHERE v.id = $1
            ORDER BY u.seq
            """;
}
