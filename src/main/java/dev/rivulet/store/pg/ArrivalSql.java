package dev.rivulet.store.pg;

/** Statements on videos whose bytes arrive. Parameters are named in the comment above each. */
final class ArrivalSql {
    private ArrivalSql() {}

    /** id, bytes. */
    static final String ARRIVED =
            """
            UPDATE videos SET arrived = greatest(arrived, $2), updated_at = clock_timestamp()
            WHERE id = $1 AND status = 'UPLOADING'
            RETURNING (plan IS NULL OR grows) AND arrived >= look_from AS look,
                      EXISTS (SELECT FROM tasks t WHERE t.video_id = $1 AND t.state = 'WAITING'
                              AND t.needs <= arrived AND t.not_before <= clock_timestamp()) AS tasks
            """;

    /** id, node. One row for each part, in order. */
    static final String UNPLANNED =
            """
            SELECT v.arrived, v.early::text AS early, v.plan::text AS plan, v.plan_number, v.id, i.size AS length
            FROM videos v JOIN imports i ON i.video_id = v.id
            WHERE v.id = $1 AND v.status = 'UPLOADING' AND (v.plan IS NULL OR v.grows)
              AND v.arrived >= v.look_from AND v.node = $2
            UNION ALL
            SELECT v.arrived, v.early::text, v.plan::text, v.plan_number, v.id, v.file_size
            FROM videos v
            WHERE v.id = $1 AND v.status = 'UPLOADING' AND (v.plan IS NULL OR v.grows)
              AND v.arrived >= v.look_from AND v.node = $2
              AND v.file_size > 0 AND NOT EXISTS (SELECT FROM imports i WHERE i.video_id = v.id)
              AND NOT EXISTS (SELECT FROM uploads u WHERE u.video_id = v.id)
            UNION ALL (
            SELECT v.arrived, v.early::text, v.plan::text, v.plan_number, p.id,
                   coalesce(u.part_lengths[p.place], w.length) AS length
            FROM videos v JOIN uploads u ON u.video_id = v.id,
                unnest(CASE u.kind WHEN 'FINAL' THEN u.parts ELSE ARRAY[u.id] END) WITH ORDINALITY AS p (id, place)
                LEFT JOIN uploads w ON w.id = p.id
            WHERE v.id = $1 AND v.status = 'UPLOADING' AND (v.plan IS NULL OR v.grows)
              AND v.arrived >= v.look_from AND u.node = $2
            ORDER BY p.place)
            """;

    /** id, bytes. */
    static final String LOOK_FROM = "UPDATE videos SET look_from = $2 WHERE id = $1 AND status = 'UPLOADING'";

    /** id, plan, source, whether its end is yet to be planned. */
    static final String PLAN =
            """
            UPDATE videos
            SET plan = $2::text::jsonb, early = $3::text::jsonb, grows = $4, updated_at = clock_timestamp()
            WHERE id = $1 AND status = 'UPLOADING' AND plan IS NULL
            """;

    /** id, plan, source, number of the plan before. */
    static final String EXTEND =
            """
            UPDATE videos
            SET plan = $2::text::jsonb, early = $3::text::jsonb, updated_at = clock_timestamp()
            WHERE id = $1 AND status = 'UPLOADING' AND grows AND plan_number = $4
            """;

    /** id, plan. */
    static final String COMPLETE =
            """
            UPDATE videos
            SET plan = $2::text::jsonb, early = NULL, grows = false, updated_at = clock_timestamp()
            WHERE id = $1 AND status = 'PROCESSING' AND early IS NOT NULL AND grows
              AND plan ->> 'sourceClass' = 'DIRECT'
            """;

    /**
     * id, kinds, tiers, chunks, classes, weights, bytes that are needed. What is there already and waits for the whole file,
     * though nothing has been tried, needs no more than this.
     */
    static final String ADD_TASKS = VideoSql.PLAN_TASKS
            + """
            ON CONFLICT (video_id, kind, tier, chunk) DO UPDATE SET needs = excluded.needs
            WHERE tasks.state = 'WAITING' AND tasks.attempt = 0 AND tasks.needs IS NULL
            """;

    /**
     * id. What was or is being made of the sound knows nothing of the film's end: it keeps the number of bytes that it
     * needed, by which {@link #RENEW_SOUND} knows it.
     */
    static final String MARK_SOUND =
            """
            UPDATE tasks SET needs = CASE WHEN state IN ('RUNNING', 'DONE') THEN coalesce(needs, 0) END
            WHERE video_id = $1 AND kind = 'AUDIO'
            """;

    /** id. */
    static final String RENEW_SOUND =
            """
            UPDATE tasks
            SET state = 'WAITING', not_before = clock_timestamp(), needs = NULL, result = NULL, progress = 0,
                finished_at = NULL
            WHERE video_id = $1 AND kind = 'AUDIO' AND state = 'DONE' AND needs IS NOT NULL
            """;

    /** id. */
    static final String UNCONFIRMED =
            """
            SELECT early::text AS early FROM videos
            WHERE id = $1 AND status = 'PROCESSING' AND plan IS NOT NULL AND early IS NOT NULL
            """;

    /** id. */
    static final String CONFIRM = "UPDATE videos SET early = NULL WHERE id = $1 AND status <> 'UPLOADING'";

    /** id. What was said of it is said again. */
    static final String DISOWN =
            """
            UPDATE videos
            SET plan = NULL, early = NULL, grows = false, poster = false, previewable = false, progress = 0,
                processing_from = 0
            WHERE id = $1 AND status = 'PROCESSING' AND early IS NOT NULL
            """;

    /** id. An import that begins anew is recorded as empty before its bytes are. */
    static final String OUTDATED =
            """
            SELECT FROM videos v JOIN imports i ON i.video_id = v.id
            WHERE v.id = $1 AND v.status = 'UPLOADING' AND i.received < v.arrived
            """;

    /** id. */
    static final String WITHDRAW =
            """
            UPDATE videos
            SET plan = NULL, early = NULL, grows = false, poster = false, previewable = false, progress = 0
            WHERE id = $1 AND status = 'UPLOADING'
            """;

    /** id. */
    static final String BEGIN_ANEW =
            "UPDATE videos SET arrived = 0, look_from = DEFAULT WHERE id = $1 AND status = 'UPLOADING'";

    /** id. */
    static final String DROP_TASKS = "DELETE FROM tasks WHERE video_id = $1";

    /** id. */
    static final String DROP_RENDITIONS = "DELETE FROM renditions WHERE video_id = $1";

    /** id. */
    static final String SAY_AGAIN =
            "UPDATE updates SET once_key = NULL WHERE video_id = $1 AND once_key IN ('previewable', 'thumbnail')";
}
