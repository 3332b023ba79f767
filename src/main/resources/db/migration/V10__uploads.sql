-- Resumable uploads (tus). How many bytes have arrived is not written here: the file's length says it.
CREATE TABLE uploads (
    id              uuid PRIMARY KEY,
    -- The same as id; null for a part, which is no video.
    video_id        uuid REFERENCES videos ON DELETE CASCADE CHECK (video_id = id),
    kind            text NOT NULL CHECK (kind IN ('WHOLE', 'PARTIAL', 'FINAL')),
    -- Whose disk has the bytes.
    node            text NOT NULL,
    -- Null while the client has not said it.
    length          bigint CHECK (length >= 0),
    -- As the client sent it.
    metadata        text NOT NULL,
    -- Of a final upload, in order.
    parts           uuid[] NOT NULL DEFAULT '{}',
    -- Their lengths, once they are being put together: from then on the parts have no rows of their own.
    part_lengths    bigint[],
    -- Whether all bytes of a part are durable and verified.
    complete        boolean NOT NULL DEFAULT false,
    -- Bytes from here on have not been held against their checksum yet.
    unverified_from bigint CHECK (unverified_from >= 0),
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((kind = 'PARTIAL') = (video_id IS NULL)),
    CHECK ((kind = 'FINAL') = (cardinality(parts) > 0)),
    CHECK (part_lengths IS NULL OR cardinality(part_lengths) = cardinality(parts))
);

CREATE INDEX uploads_expiring ON uploads (expires_at);
CREATE INDEX uploads_of_node ON uploads (node);
CREATE INDEX uploads_by_part ON uploads USING gin (parts) WHERE kind = 'FINAL';
