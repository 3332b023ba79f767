-- Films whose end is not known while they arrive are planned as far as they are there.
ALTER TABLE videos
    -- Whether more of it may be planned: the plan is a beginning.
    ADD COLUMN grows boolean NOT NULL DEFAULT false;
