package dev.rivulet.web;

import dev.rivulet.media.Storyboard;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of a video that anybody may fetch. Whatever is not listed here does not exist for clients, the uploaded source
 * least of all.
 *
 * @param text its name in the store
 * @param contentType its media type
 * @param playlist whether it may change until the video is complete
 */
record MediaName(String text, String contentType, boolean playlist) {
    private static final String QUALITY = "[1-9][0-9]{1,4}p";
    private static final String FOLDER = "(?:" + QUALITY + "|audio-[1-9][0-9]{0,3}k(?:-[0-9]{1,3})?)";
    private static final String TEXTS = "subs-[0-9]{1,3}";
    private static final Pattern PLAYLIST =
            Pattern.compile("(?:master|preview)\\.m3u8|(?:" + FOLDER + "|" + TEXTS + ")/index\\.m3u8");
    private static final Pattern MP4 = Pattern.compile(QUALITY + "\\.mp4");
    private static final Pattern INIT = Pattern.compile(FOLDER + "/init\\.mp4");
    private static final Pattern SEGMENT = Pattern.compile(FOLDER + "/seg_[0-9]{5,7}\\.m4s");
    private static final Pattern TEXT = Pattern.compile(TEXTS + "/seg_[0-9]{5,7}\\.vtt");
    private static final Pattern SPRITE = Pattern.compile("storyboard_[0-9]{2}\\.webp");
    static final String POSTER = "poster.webp";

    static Optional<MediaName> of(String text) {
        if (PLAYLIST.matcher(text).matches()) {
            return Optional.of(new MediaName(text, "application/vnd.apple.mpegurl", true));
        }
        if (SEGMENT.matcher(text).matches()) {
            return Optional.of(new MediaName(text, "video/iso.segment", false));
        }
        if (TEXT.matcher(text).matches()) {
            return Optional.of(new MediaName(text, "text/vtt", false));
        }
        if (INIT.matcher(text).matches() || MP4.matcher(text).matches()) {
            return Optional.of(new MediaName(text, "video/mp4", false));
        }
        if (text.equals(Storyboard.INDEX)) {
            return Optional.of(new MediaName(text, "text/vtt", false));
        }
        return text.equals(POSTER) || SPRITE.matcher(text).matches()
                ? Optional.of(new MediaName(text, "image/webp", false))
                : Optional.empty();
    }

    /** Whether it is what a player asks for first. */
    boolean beginsWatching() {
        return text.equals("master.m3u8") || text.equals("preview.m3u8");
    }

    /** Whether it is the whole video in one file. */
    boolean isMp4() {
        return MP4.matcher(text).matches();
    }

    /** The name that a downloaded file gets: the title, as far as file systems allow, and the quality. */
    String downloadName(String title) {
        String safe = title.replaceAll("[\\p{Cntrl}\\\\/:*?\"<>|%\\x7f]+", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("^[. ]+|[. ]+$", "");
        int end = safe.offsetByCodePoints(0, Math.min(100, safe.codePointCount(0, safe.length())));
        return (safe.isEmpty() ? "video" : safe.substring(0, end).strip()) + " " + text;
    }
}
