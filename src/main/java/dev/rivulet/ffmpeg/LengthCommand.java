package dev.rivulet.ffmpeg;

import dev.rivulet.media.VideoTrack;
import java.util.ArrayList;
import java.util.List;

/** The command that reads the packets of the picture once, so that progress tells where the last one begins, from the start
 * of the file. Nothing is decoded. */
final class LengthCommand {
    private LengthCommand() {}

    /** @param sound whether the end of the sound counts too */
    static List<String> of(String source, VideoTrack video, boolean sound, Limits limits) {
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(InputOptions.untrusted(limits));
        args.addAll(List.of("-sn", "-dn", "-i", source, "-map", "0:" + video.index()));
        if (sound) {
            args.addAll(List.of("-map", "0:a?"));
        }
        args.addAll(List.of("-c", "copy", "-f", "null", "-"));
        return List.copyOf(args);
    }
}
