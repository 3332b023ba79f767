package dev.rivulet.media;

/**
 * A stream of a source that nothing is made of.
 *
 * @param index stream index in the uploaded file
 * @param codec ffmpeg's codec name, {@code unknown} when it has none
 * @param reason a few words for people
 */
public record IgnoredStream(int index, String codec, String reason) {}
