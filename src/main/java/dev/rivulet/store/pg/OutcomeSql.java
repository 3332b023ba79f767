package dev.rivulet.store.pg;

/** Statements that record how attempts ended. Parameters are named in the comment above each. */
final class OutcomeSql {
    private OutcomeSql() {}

    /** task. The video's row is what outcomes of its tasks wait for each other at. */
    static final String LOCK_VIDEO =
            """
            SELECT v.id FROM videos v JOIN tasks t ON t.video_id = v.id WHERE t.id = $1 FOR UPDATE OF v
            """;

    /** tasks. In one order, so that nobody waits in a circle. */
    static final String LOCK_VIDEOS =
            """
            SELECT v.id FROM videos v
            WHERE v.id = ANY (ARRAY(SELECT t.video_id FROM tasks t WHERE t.id = ANY($1::bigint[])))
            ORDER BY v.id FOR UPDATE
            """;

    /** task, token. A statement of its own: it has to see what was written while the lock was waited for. */
    static final String HELD =
            """
            SELECT id, video_id, kind, tier, chunk, attempt, failures, seam_failures, memory_failures,
                   coalesce(worker, '') AS worker,
                   (SELECT v.status = 'UPLOADING' FROM videos v WHERE v.id = video_id) AS arriving
            FROM tasks
            WHERE id = $1 AND lease_token = $2 FOR UPDATE
            """;

    /** video. Empty when it is read sequentially already. */
    static final String RECLASS =
            """
            UPDATE videos SET plan = jsonb_set(plan, '{sourceClass}', '"MEZZANINE"')
            WHERE id = $1 AND plan ->> 'sourceClass' <> 'MEZZANINE'
            RETURNING plan::text AS plan
            """;

    /** video, class, weight. */
    static final String ADD_MEZZANINE =
            """
            INSERT INTO tasks (video_id, kind, tier, chunk, class, weight) VALUES ($1, 'MEZZANINE', 0, 0, $2, $3)
            """;

    /** video. Back to the beginning: what has failed so far failed for another reason. */
    static final String RENEW_UNFINISHED =
            """
            UPDATE tasks t
            SET state = 'WAITING', failures = 0, seam_failures = 0, memory_failures = 0, not_before = clock_timestamp(),
                lease_token = NULL, lease_until = NULL, progress = 0
            FROM (SELECT id FROM tasks
                  WHERE video_id = $1 AND kind = 'CHUNK' AND state IN ('WAITING', 'QUEUED', 'RUNNING')
                  ORDER BY id FOR UPDATE) unfinished
            WHERE t.id = unfinished.id
            """;

    /** video. */
    static final String PLAN_AND_JOINED =
            """
            SELECT plan::text AS plan,
                   EXISTS (SELECT FROM renditions WHERE video_id = $1 AND state = 'JOINED') AS joined
            FROM videos WHERE id = $1
            """;

    /** video, plan. */
    static final String SET_PLAN = "UPDATE videos SET plan = $2::text::jsonb WHERE id = $1";

    /** video, first chunk that is not there any more. */
    static final String DELETE_CHUNKS = "DELETE FROM tasks WHERE video_id = $1 AND kind = 'CHUNK' AND chunk >= $2";

    /** video, last chunk, segments of sound that are left. What was made for another end is made again. */
    static final String RENEW_END =
            """
            UPDATE tasks
            SET state = 'WAITING', not_before = clock_timestamp(), lease_token = NULL, lease_until = NULL,
                result = NULL, progress = 0, finished_at = NULL, segments = least(segments, $3)
            WHERE video_id = $1 AND ((kind = 'CHUNK' AND chunk = $2) OR kind IN ('AUDIO', 'SUBTITLES'))
              AND state IN ('WAITING', 'QUEUED', 'RUNNING', 'DONE')
            """;

    /**
     * task, token. As {@link #HELD}, with the finished neighbours of a chunk and the initialization segments of its tier:
     * all that decides whether it fits.
     */
    static final String HELD_BETWEEN =
            """
            SELECT n.id, n.video_id, n.kind, n.tier, n.chunk, n.attempt, n.failures, n.seam_failures,
                   n.memory_failures, coalesce(n.worker, '') AS worker, n.result::text AS result,
                   (SELECT v.status = 'UPLOADING' FROM videos v WHERE v.id = n.video_id) AS arriving,
                   CASE WHEN n.id = $1 AND n.kind = 'CHUNK' THEN (
                       SELECT jsonb_object_agg(r.quality, r.init_sha256)::text FROM renditions r
                       WHERE r.video_id = n.video_id AND r.tier = n.tier) END AS inits
            FROM tasks t JOIN tasks n ON n.video_id = t.video_id AND n.kind = t.kind AND n.tier = t.tier
                AND n.chunk BETWEEN t.chunk - 1 AND t.chunk + 1
            WHERE t.id = $1
              AND ((n.id = $1 AND n.lease_token = $2) OR (n.id <> $1 AND n.state = 'DONE'))
            ORDER BY n.id FOR UPDATE OF n
            """;

    /**
     * task, result, segments of each sound rendition, qualities, digests of their initialization segments. Tells whether
     * it was the last of its kind and tier.
     */
    static final String DONE =
            """
            WITH made AS (
                UPDATE tasks
                SET state = 'DONE', result = $2::text::jsonb, progress = 1, segments = greatest(segments, $3),
                    lease_token = NULL, lease_until = NULL, finished_at = clock_timestamp()
                WHERE id = $1
                RETURNING video_id, kind, tier),
            inits AS (
                UPDATE renditions r SET init_sha256 = i.digest
                FROM made, unnest($4::text[], $5::text[]) AS i (quality, digest)
                WHERE r.video_id = made.video_id AND r.quality = i.quality AND r.init_sha256 IS NULL)
            SELECT w.done + 1 = w.total AS last FROM made JOIN tiers w USING (video_id, kind, tier)
            """;

    /** tasks. As {@link #HELD_BETWEEN}, for many; whose lease holds is told by the tokens. */
    static final String HELD_TOGETHER =
            """
            SELECT n.id, n.video_id, n.kind, n.tier, n.chunk, n.state, n.lease_token,
                   CASE WHEN n.state = 'DONE' THEN n.result::text END AS result,
                   CASE WHEN n.id = ANY($1::bigint[]) AND n.kind = 'CHUNK' THEN (
                       SELECT jsonb_object_agg(r.quality, r.init_sha256)::text FROM renditions r
                       WHERE r.video_id = n.video_id AND r.tier = n.tier) END AS inits
            FROM tasks n
            WHERE n.id = ANY (ARRAY(
                SELECT b.id FROM tasks t JOIN tasks b ON b.video_id = t.video_id AND b.kind = t.kind AND b.tier = t.tier
                    AND b.chunk BETWEEN t.chunk - 1 AND t.chunk + 1
                WHERE t.id = ANY($1::bigint[]) AND (b.id = t.id OR b.state = 'DONE')))
            ORDER BY n.id FOR UPDATE OF n
            """;

    /**
     * tasks, results, segments of each sound rendition; then tasks, qualities and digests of their initialization segments,
     * which are the same for the same quality. Tells of each whether all of its kind and tier is done with these.
     */
    static final String DONE_TOGETHER =
            """
            WITH made AS (
                UPDATE tasks t
                SET state = 'DONE', result = d.result::jsonb, progress = 1, segments = greatest(t.segments, d.segments),
                    lease_token = NULL, lease_until = NULL, finished_at = clock_timestamp()
                FROM unnest($1::bigint[], $2::text[], $3::integer[]) AS d (id, result, segments)
                WHERE t.id = d.id
                RETURNING t.id, t.video_id, t.kind, t.tier),
            inits AS (
                UPDATE renditions r SET init_sha256 = i.digest
                FROM made JOIN unnest($4::bigint[], $5::text[], $6::text[]) AS i (id, quality, digest) USING (id)
                WHERE r.video_id = made.video_id AND r.quality = i.quality AND r.init_sha256 IS NULL)
            SELECT made.id, w.done + count(*) OVER (PARTITION BY video_id, kind, tier) = w.total AS last
            FROM made JOIN tiers w USING (video_id, kind, tier)
            """;

    /** task, attempt, worker, kind, reason, log. */
    static final String RECORD =
            """
            INSERT INTO attempts (task_id, attempt, worker, kind, reason, log) VALUES ($1, $2, $3, $4, $5, $6)
            """;

    /**
     * task, failures that count, for seams, for memory, pause in ms, whether to wait for the whole file. Sound that was given
     * back because nothing arrived any more waits for more.
     */
    static final String AGAIN =
            """
            UPDATE tasks
            SET state = 'WAITING', failures = $2, seam_failures = $3, memory_failures = $4,
                not_before = clock_timestamp() + $5::bigint * interval '1 millisecond',
                lease_token = NULL, lease_until = NULL, result = NULL, progress = 0, finished_at = NULL,
                needs = CASE WHEN $6::boolean THEN NULL
                             WHEN kind = 'AUDIO' THEN greatest(needs, (SELECT v.arrived + 1 FROM videos v
                                                                       WHERE v.id = video_id))
                             ELSE needs END
            WHERE id = $1
            RETURNING not_before
            """;

    /** task, failures that count, for seams, for memory. */
    static final String GIVE_UP =
            """
            UPDATE tasks
            SET state = 'FAILED', failures = $2, seam_failures = $3, memory_failures = $4,
                lease_token = NULL, lease_until = NULL, result = NULL, finished_at = clock_timestamp()
            WHERE id = $1
            """;

    /** video, tier or null for all, code, message. */
    static final String FAIL_RENDITIONS =
            """
            UPDATE renditions
            SET state = 'FAILED', join_token = NULL, join_until = NULL, error_code = $3, error_message = $4
            WHERE video_id = $1 AND ($2::integer IS NULL OR tier = $2) AND state IN ('ENCODING', 'JOINING')
            """;

    /** video, tier of the chunks or null for everything. */
    static final String CANCEL =
            """
            UPDATE tasks t
            SET state = 'CANCELLED', lease_token = NULL, lease_until = NULL, finished_at = clock_timestamp()
            FROM (SELECT id FROM tasks
                  WHERE video_id = $1 AND state IN ('WAITING', 'QUEUED', 'RUNNING')
                    AND ($2::integer IS NULL OR (kind = 'CHUNK' AND tier = $2))
                  ORDER BY id FOR UPDATE) unsettled
            WHERE t.id = unsettled.id
            """;
}
