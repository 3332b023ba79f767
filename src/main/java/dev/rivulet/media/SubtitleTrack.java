package dev.rivulet.media;

import org.jspecify.annotations.Nullable;

/**
 * One text subtitle track of a source as its header describes it.
 *
 * @param index stream index in the uploaded file
 * @param codec ffmpeg's codec name
 * @param language ISO 639 code, when tagged
 * @param title when tagged
 * @param preferred marked as the default track
 * @param forced marked to be shown even to those who want no subtitles
 */
public record SubtitleTrack(
        int index,
        String codec,
        @Nullable String language,
        @Nullable String title,
        boolean preferred,
        boolean forced) {}
