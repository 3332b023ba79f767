-- Attempts that failed for want of memory; after the first one the task has its node to itself.
ALTER TABLE tasks ADD COLUMN memory_failures integer NOT NULL DEFAULT 0 CHECK (memory_failures >= 0);
