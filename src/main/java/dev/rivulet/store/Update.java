package dev.rivulet.store;

import dev.rivulet.job.VideoId;
import io.vertx.core.json.JsonObject;

/**
 * An update as watchers get it.
 *
 * @param body the public JSON message
 */
public record Update(VideoId video, long seq, JsonObject body) {}
