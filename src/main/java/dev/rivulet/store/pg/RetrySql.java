package dev.rivulet.store.pg;

/** Statements that begin a failed video, or one quality of it, again. Parameters are named in the comment above each. */
final class RetrySql {
    private RetrySql() {}

    /** id, quality or null for all. */
    static final String STATE =
            """
            SELECT v.status, v.tidied, v.plan IS NOT NULL AS planned,
                   (SELECT count(*) FROM renditions r
                    WHERE r.video_id = v.id AND r.state = 'FAILED' AND ($2::text IS NULL OR r.quality = $2)) AS failed,
                   (SELECT count(*) FROM renditions r
                    WHERE r.video_id = v.id AND ($2::text IS NULL OR r.quality = $2)) AS known,
                   EXISTS (SELECT FROM renditions r WHERE r.video_id = v.id AND r.state = 'JOINED') AS watchable
            FROM videos v WHERE v.id = $1 FOR UPDATE OF v
            """;

    /** id, quality or null for all. */
    static final String RENDITIONS =
            """
            UPDATE renditions
            SET state = 'ENCODING', error_code = NULL, error_message = NULL,
                join_failures = 0, join_after = NULL, remade = false
            WHERE video_id = $1 AND state = 'FAILED' AND ($2::text IS NULL OR quality = $2)
            RETURNING tier, position
            """;

    /** id, tiers. Finished tasks stay finished. */
    static final String TASKS =
            """
            UPDATE tasks t
            SET state = 'WAITING', failures = 0, seam_failures = 0, memory_failures = 0,
                not_before = clock_timestamp(), progress = 0, finished_at = NULL
            FROM (SELECT id FROM tasks
                  WHERE video_id = $1 AND state IN ('FAILED', 'CANCELLED') AND (kind <> 'CHUNK' OR tier = ANY($2::integer[]))
                  ORDER BY id FOR UPDATE) unmade
            WHERE t.id = unmade.id
            """;

    /** id. The intermediate was removed when the video settled; it is made again when a chunk needs it. */
    static final String MEZZANINE =
            """
            UPDATE tasks m
            SET state = 'WAITING', result = NULL, segments = 0, progress = 0, failures = 0,
                memory_failures = 0, not_before = clock_timestamp(), finished_at = NULL
            WHERE m.video_id = $1 AND m.kind = 'MEZZANINE' AND m.state = 'DONE'
              AND EXISTS (SELECT FROM tasks t WHERE t.video_id = $1 AND t.kind = 'CHUNK' AND t.state = 'WAITING')
            """;

    /** id, whether the preview was removed. What was said of the end is not the end; the preview begins anew. */
    static final String UNSAY =
            """
            UPDATE updates SET once_key = NULL
            WHERE video_id = $1 AND (once_key IN ('done', 'failed') OR ($2 AND once_key = 'previewable'))
            """;

    /** id. */
    static final String NO_PREVIEW = "UPDATE videos SET previewable = false WHERE id = $1";
}
