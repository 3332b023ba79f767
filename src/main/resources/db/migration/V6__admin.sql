-- What the page for operators lists: a few rows, however many wait or have been.
CREATE INDEX tasks_running ON tasks (started_at, id) WHERE state = 'RUNNING';
CREATE INDEX attempts_newest ON attempts (at DESC, task_id DESC, attempt DESC);
