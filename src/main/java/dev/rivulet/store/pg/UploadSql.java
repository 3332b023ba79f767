package dev.rivulet.store.pg;

/** Statements on resumable uploads. Parameters are named in the comment above each; durations are in milliseconds. */
final class UploadSql {
    private UploadSql() {}

    /** What every reading gives; its first parameter is the node that asks. */
    private static final String UPLOAD =
            """
            SELECT u.id, u.kind, v.status, u.length, u.metadata, u.parts, u.part_lengths, u.complete, u.unverified_from,
                   u.node = $1 AS here, u.expires_at, u.expires_at <= clock_timestamp() AS expired
            FROM uploads u LEFT JOIN videos v ON v.id = u.video_id
            """;

    /** id, kind, node, length, metadata, parts, life. */
    static final String CREATE =
            """
            INSERT INTO uploads (id, video_id, kind, node, length, metadata, parts, expires_at)
            VALUES ($1, CASE WHEN $2 <> 'PARTIAL' THEN $1 END, $2, $3, $4, $5, $6::uuid[],
                    clock_timestamp() + $7::bigint * interval '1 millisecond')
            RETURNING expires_at
            """;

    /** node, ids. */
    static final String ALL = UPLOAD + "WHERE u.id = ANY($2::uuid[])";

    /** node. */
    static final String UNFINISHED =
            UPLOAD + "WHERE u.node = $1 AND (u.video_id IS NULL OR v.status = 'UPLOADING') ORDER BY u.created_at, u.id";

    static final String PARTS = "SELECT count(*) AS number FROM uploads WHERE video_id IS NULL";

    /** id, length. */
    static final String DECLARE =
            """
            WITH declared AS (UPDATE uploads SET length = $2 WHERE id = $1 AND length IS NULL RETURNING video_id),
                 told AS (UPDATE videos v SET file_size = $2 FROM declared d WHERE v.id = d.video_id)
            SELECT FROM declared
            """;

    /**
     * id, life, unverified from. What a part belongs to lives as long as the part, but for rows that are just being written:
     * two parts must not wait for each other.
     */
    static final String RENEW =
            """
            WITH kin AS (
                SELECT o.id FROM uploads o
                WHERE o.id <> $1 AND EXISTS (
                    SELECT FROM uploads f WHERE f.kind = 'FINAL' AND f.parts @> ARRAY[$1::uuid]
                      AND (o.id = f.id OR o.id = ANY(f.parts)))
                FOR UPDATE SKIP LOCKED),
            prolonged AS (
                UPDATE uploads u SET expires_at = clock_timestamp() + $2::bigint * interval '1 millisecond'
                FROM kin WHERE u.id = kin.id)
            UPDATE uploads u
            SET expires_at = clock_timestamp() + $2::bigint * interval '1 millisecond', unverified_from = $3
            WHERE u.id = $1 AND (u.video_id IS NULL
                OR EXISTS (SELECT FROM videos v WHERE v.id = u.video_id AND v.status = 'UPLOADING'))
            RETURNING u.expires_at
            """;

    /** id. */
    static final String COMPLETED = "UPDATE uploads SET complete = true, unverified_from = NULL WHERE id = $1";

    /** id. */
    static final String FINALS_OF = "SELECT id FROM uploads WHERE kind = 'FINAL' AND parts @> ARRAY[$1::uuid]";

    /** ids. */
    static final String FINAL_OF = "SELECT id FROM uploads WHERE kind = 'FINAL' AND parts = $1::uuid[] LIMIT 1";

    /** id. */
    static final String LOCK_FINAL =
            "SELECT parts, part_lengths FROM uploads WHERE id = $1 AND kind = 'FINAL' FOR UPDATE";

    /** node, ids. */
    static final String LOCK_PARTS =
            """
            SELECT id, length FROM uploads
            WHERE node = $1 AND id = ANY($2::uuid[]) AND kind = 'PARTIAL' AND complete AND length IS NOT NULL
            ORDER BY id FOR UPDATE
            """;

    /** id, lengths. */
    static final String ASSEMBLE = "UPDATE uploads SET part_lengths = $2::bigint[] WHERE id = $1";

    /** ids. */
    static final String REMOVE_PARTS = "DELETE FROM uploads WHERE id = ANY($1::uuid[]) AND kind = 'PARTIAL'";
}
