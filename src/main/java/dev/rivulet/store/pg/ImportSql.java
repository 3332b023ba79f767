package dev.rivulet.store.pg;

/** Statements on imports. Parameters are named in the comment above each. */
final class ImportSql {
    private ImportSql() {}

    /** id, url. */
    static final String CREATE = "INSERT INTO imports (video_id, url) VALUES ($1, $2)";

    /** id, bytes, size or null, etag, last modified, spent in ms. */
    static final String RECORD =
            """
            UPDATE imports SET received = $2, size = $3, etag = $4, last_modified = $5, spent_millis = $6
            WHERE video_id = $1
            """;

    /** node. */
    static final String PENDING =
            """
            SELECT i.video_id, i.url, i.received, i.size, i.etag, i.last_modified, i.spent_millis,
                   v.arrived > 0 AS told
            FROM imports i JOIN videos v ON v.id = i.video_id
            WHERE v.status = 'UPLOADING' AND v.node = $1
            ORDER BY v.created_at, v.id
            """;
}
