package dev.rivulet.store.pg;

/** Statements on the right to join a quality. Parameters are named in the comment above each. */
final class JoinSql {
    private JoinSql() {}

    /** id, quality, lease in ms, node. */
    static final String CLAIM =
            """
            UPDATE renditions r
            SET state = 'JOINING', join_token = gen_random_uuid(), join_node = $4,
                join_until = clock_timestamp() + $3::bigint * interval '1 millisecond'
            FROM videos v
            WHERE r.video_id = $1 AND r.quality = $2 AND v.id = r.video_id AND v.status IN ('PROCESSING', 'READY')
              AND v.early IS NULL
              AND (r.join_after IS NULL OR r.join_after <= clock_timestamp())
              AND (r.state = 'ENCODING' OR (r.state = 'JOINING' AND r.join_until < clock_timestamp()))
            RETURNING r.join_token
            """;

    /** id, quality, token, lease in ms. */
    static final String RENEW =
            """
            UPDATE renditions SET join_until = clock_timestamp() + $4::bigint * interval '1 millisecond'
            WHERE video_id = $1 AND quality = $2 AND join_token = $3
            """;

    /** id, quality, token. */
    static final String RELEASE =
            """
            UPDATE renditions SET state = 'ENCODING', join_token = NULL, join_until = NULL
            WHERE video_id = $1 AND quality = $2 AND join_token = $3
            """;

    /** node. */
    static final String RELEASE_ALL =
            """
            UPDATE renditions SET state = 'ENCODING', join_token = NULL, join_until = NULL
            WHERE state = 'JOINING' AND join_node = $1
            """;

    /** id, quality, token. Locks the video first, as everybody does who writes several rows of it. */
    static final String HELD =
            """
            WITH locked AS MATERIALIZED (SELECT id, plan FROM videos WHERE id = $1 FOR UPDATE)
            SELECT locked.plan::text AS plan, r.tier, r.position, r.join_failures, r.remade
            FROM locked JOIN renditions r ON r.video_id = locked.id
            WHERE r.quality = $2 AND r.join_token = $3
            """;

    /** id, quality, failures, pause in ms. */
    static final String AGAIN =
            """
            UPDATE renditions
            SET state = 'ENCODING', join_token = NULL, join_until = NULL, join_failures = $3,
                join_after = clock_timestamp() + $4::bigint * interval '1 millisecond'
            WHERE video_id = $1 AND quality = $2
            """;

    /** id, quality, tier that makes it from now on. */
    static final String REMAKE =
            """
            UPDATE renditions
            SET state = 'ENCODING', join_token = NULL, join_until = NULL, join_failures = 0, join_after = NULL,
                remade = true, init_sha256 = NULL, tier = $3
            WHERE video_id = $1 AND quality = $2
            """;

    /** id, tier. */
    static final String REMAKE_CHUNKS =
            """
            UPDATE tasks t
            SET state = 'WAITING', result = NULL, failures = 0, seam_failures = 0, memory_failures = 0, progress = 0,
                not_before = clock_timestamp(), finished_at = NULL
            FROM (SELECT id FROM tasks
                  WHERE video_id = $1 AND kind = 'CHUNK' AND tier = $2 AND state = 'DONE' ORDER BY id FOR UPDATE) made
            WHERE t.id = made.id
            """;
}
