package dev.rivulet.media;

import org.jspecify.annotations.Nullable;

/**
 * One text subtitle track, as it will be published.
 *
 * @param folder its folder, such as {@code subs-0}
 * @param stream index of the uploaded file's stream
 * @param codec of that stream, as ffmpeg names it
 * @param name NAME, unique among the subtitles
 * @param language LANGUAGE, when known
 * @param preferred DEFAULT=YES, of one at most
 * @param forced FORCED=YES
 */
public record SubtitleRendition(
        String folder,
        int stream,
        String codec,
        String name,
        @Nullable String language,
        boolean preferred,
        boolean forced) {}
