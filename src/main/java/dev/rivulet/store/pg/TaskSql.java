package dev.rivulet.store.pg;

/** Statements on tasks. Parameters are named in the comment above each. */
final class TaskSql {
    private TaskSql() {}

    /** video. Empty when nothing of it may be handed out. */
    static final String LOCK_ACTIVE_VIDEO =
            """
            SELECT id FROM videos WHERE id = $1 AND status IN ('PROCESSING', 'READY') FOR UPDATE
            """;

    /**
     * video, window. Under the lock of the video, so that nobody else fills the same room. Where there is an intermediate,
     * its chunks come as they become ready: no slot waits for them. The sound, which is long, comes after the first of
     * them: else both slots of a small machine would be taken, and the preview would wait.
     */
    static final String TOP_UP =
            """
            WITH taken AS (
                SELECT class, count(*) AS number FROM tasks
                WHERE video_id = $1 AND state IN ('QUEUED', 'RUNNING') GROUP BY class),
            ready AS (
                SELECT id, class,
                       row_number() OVER (PARTITION BY class ORDER BY chunk, kind <> 'CHUNK', kind, tier) AS place
                FROM tasks
                WHERE video_id = $1 AND state = 'WAITING' AND not_before <= clock_timestamp()
                  AND (kind NOT IN ('CHUNK', 'AUDIO') OR chunk < coalesce((
                      SELECT CASE WHEN m.state = 'DONE' THEN 2147483647 ELSE m.segments END FROM tasks m
                      WHERE m.video_id = $1 AND m.kind = 'MEZZANINE'), 2147483647))),
            chosen AS (
                SELECT ready.id FROM ready LEFT JOIN taken USING (class)
                WHERE ready.place + coalesce(taken.number, 0) <= $2::bigint),
            moved AS (
                UPDATE tasks t SET state = 'QUEUED' FROM chosen WHERE t.id = chosen.id
                RETURNING t.id, t.class, t.chunk, t.kind, t.tier)
            SELECT moved.id, moved.class, v.user_id, v.priority FROM moved, videos v WHERE v.id = $1
            ORDER BY moved.class, moved.chunk, moved.kind <> 'CHUNK', moved.kind, moved.tier
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
            WHERE t.id = free.id AND v.id = t.video_id AND v.status IN ('PROCESSING', 'READY') AND v.plan IS NOT NULL
            RETURNING t.id, t.video_id, t.kind, t.tier, t.chunk, t.attempt, t.failures, t.seam_failures,
                      t.memory_failures, t.lease_token, v.plan::text AS plan
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
    static final String RECLAIM_EXPIRED =
            """
            WITH expired AS (
                SELECT id, attempt, coalesce(worker, '') AS worker FROM tasks
                WHERE state = 'RUNNING' AND lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED),
            recorded AS (
                INSERT INTO attempts (task_id, attempt, worker, kind, reason, log)
                SELECT id, attempt, worker, $1, $2, '' FROM expired),
            taken AS (
                UPDATE tasks t
                SET state = 'WAITING', not_before = clock_timestamp(),
                    lease_token = NULL, lease_until = NULL, progress = 0
                FROM expired WHERE t.id = expired.id
                RETURNING t.video_id)
            SELECT DISTINCT video_id FROM taken
            """;

    /** In an order that lets the videos take turns. */
    static final String QUEUED =
            """
            SELECT t.id, t.class, v.user_id, v.priority FROM tasks t JOIN videos v ON v.id = t.video_id
            WHERE t.state = 'QUEUED' AND v.status IN ('PROCESSING', 'READY')
            ORDER BY t.class, row_number() OVER (
                PARTITION BY t.video_id, t.class ORDER BY t.chunk, t.kind <> 'CHUNK', t.kind, t.tier), v.created_at
            """;

    /** video. One row for each kind and tier; the state and segments make sense where there is one task. */
    static final String SUMMARY =
            """
            SELECT kind, tier,
                   count(*) AS total,
                   count(*) FILTER (WHERE state = 'DONE') AS done,
                   count(*) FILTER (WHERE state IN ('FAILED', 'CANCELLED')) AS failed,
                   coalesce(sum(weight) FILTER (WHERE state NOT IN ('FAILED', 'CANCELLED')), 0)::float8 AS weight,
                   coalesce(sum(weight * CASE WHEN state = 'DONE' THEN 1 ELSE progress::float8 END)
                       FILTER (WHERE state NOT IN ('FAILED', 'CANCELLED')), 0)::float8 AS made,
                   min(state) AS state,
                   max(segments) AS segments
            FROM tasks WHERE video_id = $1 GROUP BY kind, tier ORDER BY kind, tier
            """;

    /** video, tier. */
    static final String CHUNKS =
            """
            SELECT chunk, result::text AS result FROM tasks
            WHERE video_id = $1 AND kind = 'CHUNK' AND tier = $2 AND state = 'DONE' ORDER BY chunk
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
}
