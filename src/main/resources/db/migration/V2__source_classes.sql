-- Sources that are read from beginning to end have an intermediate, made by a task of its own.
ALTER TABLE tasks DROP CONSTRAINT tasks_kind_check;
ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK (kind IN ('CHUNK', 'AUDIO', 'MEZZANINE', 'SUBTITLES', 'POSTER'));
