-- Whether the pictures of the seek bar are published.
ALTER TABLE videos ADD COLUMN storyboard boolean NOT NULL DEFAULT false;
