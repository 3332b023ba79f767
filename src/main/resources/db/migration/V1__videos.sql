-- Videos, their qualities, the tasks that make them, and the updates that tell of them.
-- Words as in the code: video, rendition, task, chunk, tier, lease. States are the names of the enums.

CREATE TABLE videos (
    id               uuid PRIMARY KEY,
    title            text NOT NULL,
    description      text,
    file_name        text NOT NULL CHECK (char_length(file_name) <= 255),
    status           text NOT NULL DEFAULT 'UPLOADING' CHECK (status IN
                         ('UPLOADING', 'PROCESSING', 'READY', 'COMPLETED', 'PARTIAL', 'FAILED', 'CANCELLED')),
    progress         double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    file_size        bigint NOT NULL DEFAULT 0 CHECK (file_size >= 0),
    priority         integer NOT NULL DEFAULT 0,
    user_id          text NOT NULL,
    views            bigint NOT NULL DEFAULT 0 CHECK (views >= 0),
    poster           boolean NOT NULL DEFAULT false,
    previewable      boolean NOT NULL DEFAULT false,
    plan             jsonb,
    error_code       text,
    error_message    text,
    -- Number of the last update; grows under the lock of this row.
    seq              bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
    processing_since timestamptz,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((error_code IS NULL) = (error_message IS NULL))
);

CREATE INDEX videos_newest ON videos (created_at DESC, id DESC);
CREATE INDEX videos_newest_by_status ON videos (status, created_at DESC, id DESC);

CREATE TABLE renditions (
    video_id          uuid NOT NULL REFERENCES videos ON DELETE CASCADE,
    quality           text NOT NULL,
    -- Place in the ladder, from 0, lowest first.
    position          smallint NOT NULL CHECK (position >= 0),
    tier              smallint NOT NULL CHECK (tier >= 0),
    state             text NOT NULL DEFAULT 'ENCODING' CHECK (state IN ('ENCODING', 'JOINING', 'JOINED', 'FAILED')),
    join_token        uuid,
    join_until        timestamptz,
    -- Digest of the initialization segment: the first finished chunk decides, the others have to agree.
    init_sha256       text,
    peak_bandwidth    bigint,
    average_bandwidth bigint,
    codecs            text,
    mp4_bytes         bigint,
    error_code        text,
    error_message     text,
    PRIMARY KEY (video_id, quality),
    UNIQUE (video_id, position),
    CHECK ((state = 'JOINING') = (join_token IS NOT NULL)),
    CHECK ((state = 'JOINING') = (join_until IS NOT NULL)),
    CHECK (state <> 'JOINED' OR (peak_bandwidth IS NOT NULL AND average_bandwidth IS NOT NULL
                                 AND codecs IS NOT NULL AND mp4_bytes IS NOT NULL)),
    CHECK ((error_code IS NULL) = (error_message IS NULL)),
    CHECK ((state = 'FAILED') = (error_code IS NOT NULL))
);

-- Rows are updated often (leases, progress): room on the page keeps these updates out of the indexes.
CREATE TABLE tasks (
    id            bigserial PRIMARY KEY,
    video_id      uuid NOT NULL REFERENCES videos ON DELETE CASCADE,
    kind          text NOT NULL CHECK (kind IN ('CHUNK', 'AUDIO', 'POSTER')),
    tier          smallint NOT NULL CHECK (tier >= 0),
    chunk         integer NOT NULL CHECK (chunk >= 0),
    class         smallint NOT NULL CHECK (class BETWEEN 0 AND 3),
    state         text NOT NULL DEFAULT 'WAITING' CHECK (state IN
                      ('WAITING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    -- Numbers every claim; failures counts only what counts against the limit of attempts.
    attempt       integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    failures      integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    seam_failures integer NOT NULL DEFAULT 0 CHECK (seam_failures >= 0),
    not_before    timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- The last one that claimed it.
    worker        text,
    lease_token   uuid,
    lease_until   timestamptz,
    weight        bigint NOT NULL CHECK (weight >= 1),
    progress      real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    segments      integer NOT NULL DEFAULT 0 CHECK (segments >= 0),
    result        jsonb,
    started_at    timestamptz,
    finished_at   timestamptz,
    UNIQUE (video_id, kind, tier, chunk),
    CHECK ((state = 'RUNNING') = (lease_token IS NOT NULL)),
    CHECK ((state = 'RUNNING') = (lease_until IS NOT NULL)),
    CHECK ((state = 'DONE') = (result IS NOT NULL))
) WITH (fillfactor = 80);

-- What may enter the dispatch window, in order.
CREATE INDEX tasks_waiting ON tasks (video_id, class, chunk) WHERE state = 'WAITING';
-- The windows, the leases and what the queue should hold: as few rows as there are slots and windows.
CREATE INDEX tasks_in_hand ON tasks (video_id, class) WHERE state IN ('QUEUED', 'RUNNING');

CREATE TABLE attempts (
    task_id bigint NOT NULL REFERENCES tasks ON DELETE CASCADE,
    attempt integer NOT NULL,
    worker  text NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind    text NOT NULL,
    reason  text NOT NULL,
    log     text NOT NULL,
    PRIMARY KEY (task_id, attempt)
);

CREATE TABLE updates (
    video_id uuid NOT NULL REFERENCES videos ON DELETE CASCADE,
    seq      bigint NOT NULL,
    body     jsonb NOT NULL,
    -- Rows with a key are kept for as long as the video is: they stand for "has been said".
    once_key text,
    PRIMARY KEY (video_id, seq)
);

CREATE UNIQUE INDEX updates_once ON updates (video_id, once_key) WHERE once_key IS NOT NULL;
