package dev.rivulet.store.pg;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Statements that only look. Parameters are named in the comment above each; each names the index that it lives on. */
final class WorkloadSql {
    private WorkloadSql() {}

    /** {@code tasks_waiting} alone, without its table, and {@code tasks_in_hand}. */
    static final String TASKS =
            """
            SELECT class, 'WAITING' AS state, count(*) AS number FROM tasks WHERE state = 'WAITING' GROUP BY class
            UNION ALL
            SELECT class, state, count(*) FROM tasks WHERE state IN ('QUEUED', 'RUNNING') GROUP BY class, state
            """;

    /** {@code videos_newest_by_status}. */
    static final String VIDEOS =
            """
            SELECT status, count(*) AS number FROM videos
            WHERE status IN ('UPLOADING', 'PROCESSING', 'READY') GROUP BY status
            """;

    private static final String QUALITIES =
            """
            ARRAY(SELECT r.quality FROM renditions r
                  WHERE r.video_id = t.video_id AND r.tier = t.tier AND t.kind = 'CHUNK' ORDER BY r.position) AS qualities
            """;

    /** limit. {@code tasks_running}. */
    static final String RUNNING =
            """
            SELECT t.video_id, v.title, t.kind, t.tier, t.chunk, t.class, t.attempt, coalesce(t.worker, '') AS worker,
                   t.started_at, t.lease_until, t.progress::float8 AS progress,
                   %s
            FROM tasks t JOIN videos v ON v.id = t.video_id
            WHERE t.state = 'RUNNING' ORDER BY t.started_at, t.id LIMIT $1
            """
                    .formatted(QUALITIES);

    private static final String SLIM =
            """
            (SELECT id, title, status, progress, priority, error_code, error_message,
                    created_at, updated_at, processing_since, processing_from
             FROM videos WHERE status = '%s' ORDER BY %s LIMIT $1)
            """;
    private static final String OLDEST_FIRST = "created_at, id";
    private static final String NEWEST_FIRST = "created_at DESC, id DESC";

    /** limit. The oldest end of {@code videos_newest_by_status} of each state. */
    static final String IN_WORK =
            slim(OLDEST_FIRST, "UPLOADING", "PROCESSING", "READY") + " ORDER BY " + OLDEST_FIRST + " LIMIT $1";

    /** limit. The newest end of {@code videos_newest_by_status} of both states. */
    static final String TROUBLED =
            """
            SELECT v.*, coalesce(f.failed, '[]')::text AS failed
            FROM (%s) v
            LEFT JOIN LATERAL (
                SELECT jsonb_agg(jsonb_build_object('quality', r.quality, 'error', jsonb_build_object(
                    'code', r.error_code, 'message', r.error_message)) ORDER BY r.position) AS failed
                FROM renditions r WHERE r.video_id = v.id AND r.state = 'FAILED') f ON true
            ORDER BY %s LIMIT $1
            """
                    .formatted(slim(NEWEST_FIRST, "FAILED", "PARTIAL"), NEWEST_FIRST);

    /** {@code attempts_newest}. */
    static final String NEWEST_FAILURE = "SELECT clock_timestamp() AS now, max(at) AS newest FROM attempts";

    /** limit. */
    static final String FIRST_FAILURES = failures("true");
    /** limit, at, task, attempt. */
    static final String NEXT_FAILURES = failures("(a.at, a.task_id, a.attempt) < ($2, $3, $4)");

    /** Each state by itself, named: so that the planner sees how rare it is. */
    private static String slim(String order, String... states) {
        return Stream.of(states).map(state -> SLIM.formatted(state, order)).collect(Collectors.joining("UNION ALL "));
    }

    /** Cuts the page out of {@code attempts_newest} first; a log is as long as its tool was talkative. */
    private static String failures(String where) {
        return """
            SELECT a.at, a.task_id, a.attempt, a.worker, a.kind AS failure, a.reason, right(a.log, 6000) AS log,
                   t.video_id, v.title, t.kind, t.tier, t.chunk, t.state,
                   %s
            FROM (SELECT * FROM attempts a WHERE %s ORDER BY at DESC, task_id DESC, attempt DESC LIMIT $1) a
            JOIN tasks t ON t.id = a.task_id JOIN videos v ON v.id = t.video_id
            ORDER BY a.at DESC, a.task_id DESC, a.attempt DESC
            """
                .formatted(QUALITIES, where);
    }
}
