package dev.rivulet.store.pg;

/** Statements on videos and renditions. Parameters are named in the comment above each. */
final class VideoSql {
    private VideoSql() {}

    /** id, title, description, file name, file size, priority, user, node. */
    static final String CREATE =
            """
            INSERT INTO videos (id, title, description, file_name, file_size, priority, user_id, node)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /** How much of the work for the video that is $1 is done, in percent, as the summary of its tasks has it. */
    static final String MADE =
            """
            100 * least(1, coalesce((
                SELECT (sum(w.made)::float8 + coalesce((
                    SELECT sum(t.weight * t.progress::float8) FROM tasks t
                    WHERE t.video_id = $1 AND t.state IN ('QUEUED', 'RUNNING')), 0)) / nullif(sum(w.weight), 0)::float8
                FROM tiers w WHERE w.video_id = $1), 0))""";

    /** id, file size. */
    static final String UPLOADED =
            """
            UPDATE videos
            SET status = 'PROCESSING', file_size = $2,
                processing_since = clock_timestamp(), processing_from = %s, updated_at = clock_timestamp()
            WHERE id = $1 AND status = 'UPLOADING'
            """
                    .formatted(MADE);

    /**
     * A video with its renditions. What is put in: the plan; where its rows come from, which takes the parameters; whether
     * its finished chunks are listed.
     */
    private static final String VIDEO =
            """
            SELECT v.id, v.title, v.description, v.file_name, v.status, v.progress, v.file_size, v.priority,
                   v.user_id, v.views, v.poster, v.previewable, v.storyboard, v.plan_number, %s AS plan, v.error_code, v.error_message,
                   v.tidied, v.seq, v.processing_since, v.processing_from, v.created_at, v.updated_at,
                   coalesce(q.renditions, '[]')::text AS renditions
            FROM (%s) v
            LEFT JOIN LATERAL (
                SELECT jsonb_agg(jsonb_build_object(
                    'quality', r.quality,
                    'tier', r.tier,
                    'state', r.state,
                    'completedChunks', coalesce(c.chunks, '[]'),
                    'joined', CASE WHEN r.state = 'JOINED' THEN jsonb_build_object(
                        'peakBandwidth', r.peak_bandwidth,
                        'averageBandwidth', r.average_bandwidth,
                        'codecs', r.codecs,
                        'mp4Bytes', r.mp4_bytes) END,
                    'error', CASE WHEN r.state = 'FAILED' THEN jsonb_build_object(
                        'code', r.error_code,
                        'message', r.error_message) END) ORDER BY r.position) AS renditions
                FROM renditions r
                LEFT JOIN (
                    SELECT t.tier, jsonb_agg(t.chunk ORDER BY t.chunk) AS chunks
                    FROM tasks t
                    WHERE t.video_id = v.id AND t.kind = 'CHUNK' AND t.state = 'DONE' AND %s
                    GROUP BY t.tier) c ON c.tier = r.tier
                WHERE r.video_id = v.id) q ON true
            """;

    private static final String HAS_EACH =
            """
             AND NOT EXISTS (
                SELECT FROM unnest($2::text[]) AS word (pattern)
                WHERE concat_ws(' ', v.title, v.description) NOT ILIKE word.pattern ESCAPE '\\')
            """;
    private static final String NEWEST_FIRST = " ORDER BY v.created_at DESC, v.id DESC";

    /** id. */
    static final String FIND = whole("SELECT * FROM videos WHERE id = $1");

    /** id, number of the plan that need not be read. No finished chunks: it takes as long for a film as for a clip. */
    static final String OUTLINE = VIDEO.formatted(
            "CASE WHEN v.plan_number <> $2 THEN v.plan::text END", "SELECT * FROM videos WHERE id = $1", "false");

    /** videos. */
    static final String UNDERWAY =
            """
            SELECT v.id, v.progress AS told, coalesce(v.processing_since, v.created_at) AS since,
                   v.processing_from,
                   least(1, coalesce((w.made + coalesce((
                       SELECT sum(r.weight * r.progress::float8) FROM tasks r
                       WHERE r.video_id = v.id AND r.state IN ('QUEUED', 'RUNNING')), 0)) / nullif(w.weight, 0), 0)) AS share
            FROM videos v
            CROSS JOIN LATERAL (SELECT sum(t.weight)::float8 AS weight, sum(t.made)::float8 AS made
                                FROM tiers t WHERE t.video_id = v.id) w
            WHERE v.id = ANY($1::uuid[]) AND v.status IN ('PROCESSING', 'READY') AND v.plan IS NOT NULL AND NOT v.grows
            """;

    /** limit, patterns. */
    static final String FIRST_PAGE = page("true");
    /** limit, patterns, created at, id. */
    static final String NEXT_PAGE = page("(v.created_at, v.id) < ($3, $4)");
    /** limit, patterns, status. */
    static final String FIRST_PAGE_OF_STATUS = page("v.status = $3");
    /** limit, patterns, status, created at, id. */
    static final String NEXT_PAGE_OF_STATUS = page("v.status = $3 AND (v.created_at, v.id) < ($4, $5)");

    /** id, title, description. */
    static final String DESCRIBE =
            """
            UPDATE videos
            SET title = coalesce($2, title), description = coalesce($3, description), updated_at = clock_timestamp()
            WHERE id = $1 AND (title <> $2 OR description IS DISTINCT FROM coalesce($3, description))
            RETURNING title, description
            """;

    /** id, plan. */
    static final String PLAN =
            """
            UPDATE videos SET plan = $2::text::jsonb, updated_at = clock_timestamp()
            WHERE id = $1 AND status = 'PROCESSING' AND plan IS NULL
            """;

    /** id, qualities, tiers. */
    static final String PLAN_RENDITIONS =
            """
            INSERT INTO renditions (video_id, quality, tier, position)
            SELECT $1, q.quality, q.tier, q.place - 1
            FROM unnest($2::text[], $3::integer[]) WITH ORDINALITY AS q (quality, tier, place)
            """;

    /** id, kinds, tiers, chunks, classes, weights, bytes that are needed. */
    static final String PLAN_TASKS =
            """
            INSERT INTO tasks (video_id, kind, tier, chunk, class, weight, needs)
            SELECT $1, n.kind, n.tier, n.chunk, n.class, n.weight, n.needs
            FROM unnest($2::text[], $3::integer[], $4::integer[], $5::integer[], $6::bigint[], $7::bigint[])
                WITH ORDINALITY AS n (kind, tier, chunk, class, weight, needs, place)
            ORDER BY n.place
            """;

    /** id, quality, token, peak, average, codecs, MP4 bytes. */
    static final String JOINED =
            """
            UPDATE renditions r
            SET state = 'JOINED', join_token = NULL, join_until = NULL,
                peak_bandwidth = $4, average_bandwidth = $5, codecs = $6, mp4_bytes = $7
            FROM videos v
            WHERE r.video_id = $1 AND r.quality = $2 AND r.join_token = $3
              AND v.id = r.video_id AND v.status IN ('PROCESSING', 'READY')
            """;

    /** id, qualities, code, message. Locks the video first, as everybody does who writes several rows of it. */
    static final String FAIL_QUALITIES =
            """
            WITH locked AS (SELECT id FROM videos WHERE id = $1 FOR UPDATE)
            UPDATE renditions r
            SET state = 'FAILED', join_token = NULL, join_until = NULL, error_code = $3, error_message = $4
            FROM locked
            WHERE r.video_id = locked.id AND r.quality = ANY($2::text[]) AND r.state IN ('ENCODING', 'JOINING')
            """;

    static final String UNDER_WAY =
            "SELECT count(*) AS number FROM videos WHERE status IN ('UPLOADING', 'PROCESSING', 'READY')";

    static final String PENDING =
            """
            SELECT v.id, v.status <> 'PROCESSING' OR (v.plan IS NOT NULL AND v.early IS NULL) AS planned,
                   EXISTS (SELECT FROM tasks t
                           WHERE t.video_id = v.id AND t.state = 'WAITING' AND t.not_before <= clock_timestamp()
                             AND (v.status <> 'UPLOADING' OR t.needs <= v.arrived))
                       AS waiting,
                   NOT EXISTS (SELECT FROM tasks t WHERE t.video_id = v.id AND t.state IN ('QUEUED', 'RUNNING'))
                       OR EXISTS (SELECT FROM renditions r JOIN tiers w
                                      ON w.video_id = v.id AND w.kind = 'CHUNK' AND w.tier = r.tier
                                  WHERE r.video_id = v.id AND r.state IN ('ENCODING', 'JOINING') AND w.done = w.total)
                       AS idle
            FROM videos v
            WHERE v.status IN ('PROCESSING', 'READY') OR NOT v.tidied
               OR (v.status = 'UPLOADING' AND v.plan IS NOT NULL)
            ORDER BY v.created_at, v.id
            """;

    /** id, the settled status it was tidied for. */
    static final String TIDIED = "UPDATE videos SET tidied = true WHERE id = $1 AND status = $2";

    /** id. */
    static final String ABANDON = "DELETE FROM videos WHERE id = $1 AND status = 'UPLOADING'";

    /** id. */
    static final String DISCARD = "DELETE FROM videos WHERE id = $1 AND status <> 'CANCELLED'";

    /** node. */
    static final String ARRIVING =
            """
            SELECT v.id FROM videos v
            WHERE v.status = 'UPLOADING' AND v.node = $1 AND NOT EXISTS (SELECT FROM uploads u WHERE u.video_id = v.id)
              AND NOT EXISTS (SELECT FROM imports i WHERE i.video_id = v.id)
            ORDER BY v.id
            """;

    /** id. */
    static final String DELETE = "DELETE FROM videos WHERE id = $1";

    /** id, priority. */
    static final String PRIORITIZE = "UPDATE videos SET priority = $2 WHERE id = $1";

    /** id. */
    static final String VIEWED =
            """
            WITH locked AS (SELECT id FROM videos WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE)
            UPDATE videos v SET views = v.views + n.views
            FROM unnest($1::uuid[], $2::int[]) AS n (id, views) JOIN locked USING (id)
            WHERE v.id = n.id
            """;

    /** Cuts the page first, so that only its videos are put together. */
    private static String page(String where) {
        String rows = "SELECT * FROM videos v WHERE " + where + HAS_EACH + NEWEST_FIRST + " LIMIT $1";
        return whole(rows) + NEWEST_FIRST;
    }

    private static String whole(String rows) {
        return VIDEO.formatted("v.plan::text", rows, "true");
    }
}
