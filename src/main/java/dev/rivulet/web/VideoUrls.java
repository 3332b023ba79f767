package dev.rivulet.web;

import dev.rivulet.job.VideoId;
import dev.rivulet.media.Storyboard;

/** Public addresses, relative to the server. */
public final class VideoUrls {
    private VideoUrls() {}

    /** The video itself. */
    public static String video(VideoId id) {
        return "/videos/" + id;
    }

    /** A file of a video, by its name in the store. */
    public static String media(VideoId id, String name) {
        return "/media/" + id + "/" + name;
    }

    /** The master playlist. */
    public static String master(VideoId id) {
        return media(id, "master.m3u8");
    }

    /** The playlist of what can be watched while the lowest quality grows. */
    public static String preview(VideoId id) {
        return media(id, "preview.m3u8");
    }

    /** The still picture. */
    public static String poster(VideoId id) {
        return media(id, "poster.webp");
    }

    /** Where the pictures of the seek bar lie. */
    public static String storyboard(VideoId id) {
        return media(id, Storyboard.INDEX);
    }

    /** The playlist of one quality. */
    public static String playlist(VideoId id, String quality) {
        return media(id, quality + "/index.m3u8");
    }

    /** The whole video in one file. */
    public static String mp4(VideoId id, String quality) {
        return media(id, quality + ".mp4");
    }
}
