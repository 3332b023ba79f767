package dev.rivulet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ten small videos, one of each kind of container that people upload. */
public final class SmallFiles {
    private static final String SIZE = "128x96";

    private SmallFiles() {}

    /** Makes them in a folder; a second or two each. */
    public static List<Path> in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String[] h264 = {"-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p", "-c:a", "aac"};
        return List.of(
                made(folder, "index-first.mp4", h264, "-movflags", "+faststart"),
                made(folder, "index-last.mp4", h264),
                made(folder, "fragmented.mp4", h264, "-movflags", "+frag_keyframe+empty_moov"),
                made(folder, "apple.mov", h264, "-c:a", "pcm_s16le"),
                made(folder, "matroska.mkv", h264),
                made(folder, "transport.ts", h264),
                made(folder, "flash.flv", h264, "-ar", "44100"),
                made(folder, "web.webm", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus"),
                made(folder, "divx.avi", "-c:v", "mpeg4", "-bf", "2", "-c:a", "libmp3lame"),
                made(folder, "program.mpg", "-c:v", "mpeg2video", "-c:a", "mp2", "-f", "vob"));
    }

    private static Path made(Path folder, String name, String[] usual, String... more) {
        List<String> all = new ArrayList<>(List.of(usual));
        all.addAll(List.of(more));
        return made(folder, name, all.toArray(String[]::new));
    }

    private static Path made(Path folder, String name, String... encoding) {
        return MadeMedia.clip(folder.resolve(name), SIZE, "24", 2, encoding);
    }
}
