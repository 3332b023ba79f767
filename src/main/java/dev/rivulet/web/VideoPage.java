package dev.rivulet.web;

import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.VideoTrack;
import dev.rivulet.store.Video;
import org.jspecify.annotations.Nullable;

/** The page of a video with what can be shown before any script has come: its title, its picture, and room of its shape. */
final class VideoPage {
    private static final String NAME = "<title>Rivulet</title>";
    private static final String HEADING = "<h1 id=\"title\">Loading…</h1>";
    private static final String STAGE = "<div id=\"stage\" class=\"stage-box\"></div>";

    private VideoPage() {}

    /**
     * @param html of the page for any video
     * @param poster whether it has one
     */
    static String of(String html, Video video, boolean poster) {
        String title = escaped(video.title());
        return html.replace(NAME, "<title>" + title + " · Rivulet</title>")
                .replace(HEADING, "<h1 id=\"title\">" + title + "</h1>")
                .replace(STAGE, stage(video, poster));
    }

    private static String stage(Video video, boolean poster) {
        String picture =
                poster ? "<img src=\"" + VideoUrls.poster(video.id()) + "\" alt=\"\" fetchpriority=\"high\" />" : "";
        return "<div id=\"stage\" class=\"stage-box\"" + shape(video.plan()) + ">" + picture + "</div>";
    }

    private static String shape(@Nullable MediaPlan plan) {
        if (plan == null) {
            return "";
        }
        VideoTrack track = plan.source().video();
        return " style=\"--ratio: " + track.shownWidth() + " / " + track.shownHeight() + "\"";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
