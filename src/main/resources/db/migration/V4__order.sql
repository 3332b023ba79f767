-- How far each kind and tier of a video is, so that nobody has to count its tasks. Kept by the triggers below, in the
-- transaction that changes the tasks: whoever writes tasks need not know of it.
CREATE TABLE tiers (
    video_id uuid NOT NULL REFERENCES videos ON DELETE CASCADE,
    kind     text NOT NULL,
    tier     smallint NOT NULL,
    total    integer NOT NULL,
    done     integer NOT NULL,
    -- FAILED or CANCELLED.
    failed   integer NOT NULL,
    -- Of the tasks that have not failed, and of those of them that are done.
    weight   bigint NOT NULL,
    made     bigint NOT NULL,
    -- How often a task that was done was not so any more.
    undone   bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (video_id, kind, tier)
) WITH (fillfactor = 50);

INSERT INTO tiers (video_id, kind, tier, total, done, failed, weight, made)
SELECT video_id, kind, tier, count(*),
       count(*) FILTER (WHERE state = 'DONE'),
       count(*) FILTER (WHERE state IN ('FAILED', 'CANCELLED')),
       coalesce(sum(weight) FILTER (WHERE state NOT IN ('FAILED', 'CANCELLED')), 0),
       coalesce(sum(weight) FILTER (WHERE state = 'DONE'), 0)
FROM tasks GROUP BY video_id, kind, tier;

CREATE FUNCTION tasks_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tiers AS t (video_id, kind, tier, total, done, failed, weight, made)
    SELECT video_id, kind, tier, count(*),
           count(*) FILTER (WHERE state = 'DONE'),
           count(*) FILTER (WHERE state IN ('FAILED', 'CANCELLED')),
           coalesce(sum(weight) FILTER (WHERE state NOT IN ('FAILED', 'CANCELLED')), 0),
           coalesce(sum(weight) FILTER (WHERE state = 'DONE'), 0)
    FROM added GROUP BY video_id, kind, tier ORDER BY video_id, kind, tier
    ON CONFLICT (video_id, kind, tier) DO UPDATE
    SET total = t.total + excluded.total, done = t.done + excluded.done, failed = t.failed + excluded.failed,
        weight = t.weight + excluded.weight, made = t.made + excluded.made;
    RETURN NULL;
END $$;

-- Most updates settle nothing: leases, progress, windows. They end at the first look.
CREATE FUNCTION tasks_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM before b WHERE b.state IN ('DONE', 'FAILED', 'CANCELLED'))
       AND NOT EXISTS (SELECT FROM after a WHERE a.state IN ('DONE', 'FAILED', 'CANCELLED')) THEN
        RETURN NULL;
    END IF;
    UPDATE tiers t
    SET done = t.done + c.done, failed = t.failed + c.failed, weight = t.weight + c.weight, made = t.made + c.made,
        undone = t.undone + c.undone
    FROM (SELECT video_id, kind, tier,
                 sum(done) AS done, sum(failed) AS failed, sum(weight) AS weight, sum(made) AS made,
                 sum(undone) AS undone
          FROM (SELECT a.video_id, a.kind, a.tier,
                       (a.state = 'DONE')::integer - (b.state = 'DONE')::integer AS done,
                       (a.state IN ('FAILED', 'CANCELLED'))::integer
                           - (b.state IN ('FAILED', 'CANCELLED'))::integer AS failed,
                       CASE WHEN a.state IN ('FAILED', 'CANCELLED') THEN 0 ELSE a.weight END
                           - CASE WHEN b.state IN ('FAILED', 'CANCELLED') THEN 0 ELSE b.weight END AS weight,
                       CASE WHEN a.state = 'DONE' THEN a.weight ELSE 0 END
                           - CASE WHEN b.state = 'DONE' THEN b.weight ELSE 0 END AS made,
                       (b.state = 'DONE' AND a.state <> 'DONE')::integer AS undone
                FROM after a JOIN before b USING (id)
                WHERE a.state <> b.state OR a.weight <> b.weight) each
          GROUP BY video_id, kind, tier ORDER BY video_id, kind, tier) c
    WHERE t.video_id = c.video_id AND t.kind = c.kind AND t.tier = c.tier;
    RETURN NULL;
END $$;

CREATE FUNCTION tasks_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tiers t
    SET total = t.total - c.total, done = t.done - c.done, failed = t.failed - c.failed, weight = t.weight - c.weight,
        made = t.made - c.made, undone = t.undone + c.done
    FROM (SELECT video_id, kind, tier, count(*) AS total,
                 count(*) FILTER (WHERE state = 'DONE') AS done,
                 count(*) FILTER (WHERE state IN ('FAILED', 'CANCELLED')) AS failed,
                 coalesce(sum(weight) FILTER (WHERE state NOT IN ('FAILED', 'CANCELLED')), 0) AS weight,
                 coalesce(sum(weight) FILTER (WHERE state = 'DONE'), 0) AS made
          FROM removed GROUP BY video_id, kind, tier ORDER BY video_id, kind, tier) c
    WHERE t.video_id = c.video_id AND t.kind = c.kind AND t.tier = c.tier;
    DELETE FROM tiers t USING (SELECT DISTINCT video_id, kind, tier FROM removed) c
    WHERE t.video_id = c.video_id AND t.kind = c.kind AND t.tier = c.tier AND t.total = 0;
    RETURN NULL;
END $$;

CREATE TRIGGER tasks_added AFTER INSERT ON tasks
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tasks_added();
CREATE TRIGGER tasks_changed AFTER UPDATE ON tasks
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION tasks_changed();
CREATE TRIGGER tasks_removed AFTER DELETE ON tasks
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION tasks_removed();

-- Numbers the plans of a video, so that one that is known need not be read again.
ALTER TABLE videos ADD COLUMN plan_number integer NOT NULL DEFAULT 0;

CREATE FUNCTION plan_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.plan_number = OLD.plan_number + 1;
    RETURN NEW;
END $$;

CREATE TRIGGER plan_changed BEFORE UPDATE OF plan ON videos
    FOR EACH ROW EXECUTE FUNCTION plan_changed();
