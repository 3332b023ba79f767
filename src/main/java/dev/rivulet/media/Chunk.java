package dev.rivulet.media;

/**
 * Consecutive segments: what one process encodes and what is retried.
 *
 * @param index from 0
 * @param firstFrame on the video's grid
 * @param frames planned length; the last chunk of a video may turn out shorter
 * @param firstSegment index of its first segment
 * @param segments number of segments, all of them {@code segmentFrames} long but the last of a video
 * @param last the last chunk of the video
 */
public record Chunk(int index, long firstFrame, int frames, int firstSegment, int segments, boolean last) {}
