package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import java.time.Instant;

/**
 * How far a planned video is that is not settled, and what was told of it.
 *
 * @param told the progress that was told last, in percent
 * @param since when its making began
 * @param from how far it was then, 0 to 100
 * @param share of its work that is done, 0 to 1
 */
public record Underway(VideoId id, double told, Instant since, double from, double share) {}
