package dev.rivulet.store.pg;

/** Statements on tasks. Parameters are named in the comment above each. */
final class TaskSql {
    private TaskSql() {}

    /** videos. Those of which something may be handed out; in one order, so that nobody waits in a circle. */
    static final String LOCK_ACTIVE_VIDEOS =
            """
            SELECT id FROM videos
            WHERE id = ANY($1::uuid[]) AND (status IN ('PROCESSING', 'READY') OR (status = 'UPLOADING' AND plan IS NOT NULL))
            ORDER BY id FOR UPDATE
            """;

    /**
     * videos, window. Under the locks of the videos, so that nobody else fills the same room. For each class it looks at as
     * many tasks as there is room for, however many wait: an array of them, and a first one in place of NOT EXISTS, keep the planner,
     * which takes both for far more, from reading the whole table. Where there is an intermediate, its chunks come as they become
     * ready: no slot waits for them; nor for bytes that have yet to arrive. The sound, which is long, comes after the first of them: else both slots of a small
     * machine would be taken, and the preview would wait. The sound of other qualities of the lowest tier comes when no chunk
     * of its class is left to be offered: the lowest quality is watched first.
     */
    static final String TOP_UP =
            """
            WITH room AS (
                SELECT v.id AS video_id, c.class,
                       $2::bigint - (SELECT count(*) FROM tasks t WHERE t.video_id = v.id AND t.class = c.class
                                     AND t.state IN ('QUEUED', 'RUNNING')) AS places,
                       coalesce((SELECT CASE WHEN m.state = 'DONE' THEN 2147483647 ELSE m.segments END FROM tasks m
                                 WHERE m.video_id = v.id AND m.kind = 'MEZZANINE'), 2147483647) AS ready,
                       CASE WHEN o.status = 'UPLOADING' THEN o.arrived END AS arrived
                FROM unnest($1::uuid[]) AS v (id) JOIN videos o ON o.id = v.id, generate_series(0, 3) AS c (class)),
            chosen AS (
                SELECT w.id FROM room r CROSS JOIN LATERAL (
                    SELECT t.id FROM tasks t
                    WHERE t.video_id = r.video_id AND t.class = r.class AND t.state = 'WAITING'
                      AND t.not_before <= clock_timestamp()
                      AND (t.kind NOT IN ('CHUNK', 'AUDIO') OR t.chunk < r.ready)
                      AND (r.arrived IS NULL OR t.needs <= r.arrived)
                      AND (t.kind <> 'AUDIO' OR t.tier <> 2 OR t.class <> 1 OR (
                          SELECT c.id FROM tasks c WHERE c.video_id = r.video_id AND c.class = 1 AND c.kind = 'CHUNK'
                            AND c.state = 'WAITING' AND c.chunk < r.ready AND (r.arrived IS NULL OR c.needs <= r.arrived)
                          ORDER BY c.chunk LIMIT 1) IS NULL)
                    ORDER BY t.chunk, t.kind <> 'CHUNK', t.kind, t.tier
                    LIMIT greatest(r.places, 0)) w),
            moved AS (
                UPDATE tasks t SET state = 'QUEUED' WHERE t.id = ANY (ARRAY(SELECT id FROM chosen))
                RETURNING t.id, t.video_id, t.class, t.chunk, t.kind, t.tier)
            SELECT m.id, m.class, v.user_id, v.priority, w.total AS chunks
            FROM moved m JOIN videos v ON v.id = m.video_id
            JOIN tiers w ON w.video_id = m.video_id AND w.kind = 'CHUNK' AND w.tier = 0
            ORDER BY m.class, m.chunk, m.kind <> 'CHUNK', m.kind, m.tier, v.created_at
            """;

    /**
     * tasks, worker, lease in ms. Waits for nobody, so that nobody can wait for it in a circle: a row that is being written
     * is somebody else's, or is offered again.
     */
    static final String CLAIM =
            """
            WITH free AS (
                SELECT id FROM tasks WHERE id = ANY($1::bigint[]) AND state = 'QUEUED' FOR UPDATE SKIP LOCKED)
            UPDATE tasks t
            SET state = 'RUNNING', worker = $2, attempt = attempt + 1, lease_token = gen_random_uuid(),
                lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond',
                started_at = clock_timestamp(), progress = 0
            FROM free, videos v
            WHERE t.id = free.id AND v.id = t.video_id AND v.plan IS NOT NULL
              AND (v.status IN ('PROCESSING', 'READY') OR (v.status = 'UPLOADING' AND v.node = $2))
            RETURNING t.id, t.video_id, t.kind, t.tier, t.chunk, t.attempt, t.failures, t.seam_failures,
                      t.memory_failures, t.lease_token, v.plan_number, v.arrived,
                      CASE WHEN v.status = 'UPLOADING' THEN v.early::text END AS early
            """;

    /** videos. */
    static final String PLANS =
            """
            SELECT id AS video_id, plan_number, plan::text AS plan FROM videos
            WHERE id = ANY($1::uuid[]) AND plan IS NOT NULL
            """;

    /**
     * tasks, tokens, lease in ms. Tells which leases are still theirs and which of these were prolonged. Waits for nobody,
     * so that nobody can wait for it in a circle: a row that is being written is renewed the next time, and until then
     * nothing is promised, because what is being written may be that the lease is taken away.
     */
    static final String RENEW =
            """
            WITH held AS (
                SELECT t.id FROM tasks t
                JOIN unnest($1::bigint[], $2::uuid[]) AS l (id, token) ON l.id = t.id AND l.token = t.lease_token
                FOR UPDATE OF t SKIP LOCKED),
            renewed AS (
                UPDATE tasks t SET lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond'
                FROM held WHERE t.id = held.id
                RETURNING t.id)
            SELECT t.lease_token, r.id IS NOT NULL AS renewed FROM tasks t
            JOIN unnest($1::bigint[], $2::uuid[]) AS l (id, token) ON l.id = t.id AND l.token = t.lease_token
            LEFT JOIN renewed r ON r.id = t.id
            """;

    /** task, token, fraction, segments. Segments stay stored when an attempt fails. */
    static final String TICK =
            """
            UPDATE tasks SET progress = greatest(progress, $3::real), segments = greatest(segments, $4)
            WHERE id = $1 AND lease_token = $2
            """;

    /** task, token. */
    static final String RELEASE =
            """
            UPDATE tasks
            SET state = 'WAITING', not_before = clock_timestamp(), lease_token = NULL, lease_until = NULL, progress = 0
            WHERE id = $1 AND lease_token = $2
            """;

    /** kind and reason of the failure. Rows that somebody is just writing are left for the next time. */
    static final String RECLAIM_EXPIRED = reclaim("lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED");

    /** kind and reason of the failure, worker. */
    static final String RECLAIM_OF_WORKER = reclaim("worker = $3 ORDER BY id FOR UPDATE");

    /** In an order that lets the videos take turns. */
    static final String QUEUED =
            """
            SELECT t.id, t.class, v.user_id, v.priority, w.total AS chunks
            FROM tasks t JOIN videos v ON v.id = t.video_id
            JOIN tiers w ON w.video_id = t.video_id AND w.kind = 'CHUNK' AND w.tier = 0
            WHERE t.state = 'QUEUED' AND v.status IN ('UPLOADING', 'PROCESSING', 'READY')
            ORDER BY t.class, row_number() OVER (
                PARTITION BY t.video_id, t.class ORDER BY t.chunk, t.kind <> 'CHUNK', t.kind, t.tier), v.created_at
            """;

    /** video. One row for each kind and tier, without counting; state and segments only where there is one task. */
    static final String SUMMARY =
            """
            SELECT w.kind, w.tier, w.total, w.done, w.failed, w.undone, w.weight::float8 AS weight,
                   w.made + coalesce((
                       SELECT sum(r.weight * r.progress::float8) FROM tasks r
                       WHERE r.video_id = $1 AND r.state IN ('QUEUED', 'RUNNING')
                         AND r.kind = w.kind AND r.tier = w.tier), 0)::float8 AS made,
                   t.state, t.segments
            FROM tiers w LEFT JOIN tasks t ON w.kind <> 'CHUNK'
                AND t.video_id = $1 AND t.kind = w.kind AND t.tier = w.tier AND t.chunk = 0
            WHERE w.video_id = $1 ORDER BY w.kind, w.tier
            """;

    /** video, tier, first chunk. */
    static final String CHUNKS =
            """
            SELECT chunk, result::text AS result FROM tasks
            WHERE video_id = $1 AND kind = 'CHUNK' AND tier = $2 AND chunk >= $3 AND state = 'DONE'
            ORDER BY chunk
            """;

    /** video. One row for each task without failed attempts, else one for each of these. */
    static final String TASKS =
            """
            SELECT t.id, t.kind, t.tier, t.chunk, t.state, t.attempt, t.worker, t.started_at, t.finished_at,
                   a.attempt AS failed_attempt, a.worker AS failed_worker, a.at, a.kind AS failure, a.reason, a.log
            FROM tasks t LEFT JOIN attempts a ON a.task_id = t.id
            WHERE t.video_id = $1
            ORDER BY t.kind <> 'CHUNK', t.kind, t.tier, t.chunk, a.attempt
            """;

    /** video, kind of which there is one task. */
    static final String RESULT =
            """
            SELECT result::text AS result FROM tasks WHERE video_id = $1 AND kind = $2 AND state = 'DONE'
            """;

    private static String reclaim(String whose) {
        return """
            WITH lost AS (
                SELECT id, attempt, coalesce(worker, '') AS worker FROM tasks
                WHERE state = 'RUNNING' AND %s),
            recorded AS (
                INSERT INTO attempts (task_id, attempt, worker, kind, reason, log)
                SELECT id, attempt, worker, $1, $2, '' FROM lost),
            taken AS (
                UPDATE tasks t
                SET state = 'WAITING', not_before = clock_timestamp(),
                    lease_token = NULL, lease_until = NULL, progress = 0
                FROM lost WHERE t.id = lost.id
                RETURNING t.video_id)
            SELECT video_id FROM taken
            """
                .formatted(whose);
    }
}
