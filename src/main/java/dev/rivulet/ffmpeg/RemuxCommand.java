package dev.rivulet.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that joins the segments of one quality and its sound into one progressive MP4, without encoding. */
public final class RemuxCommand {
    private RemuxCommand() {}

    /**
     * @param playlist the quality's final media playlist, of our own making
     * @param sound media playlists of the sound that goes with it, none or more
     */
    public static List<String> of(String playlist, List<String> sound, Path output) {
        List<String> args = new ArrayList<>(InputOptions.begin());
        List<String> maps = new ArrayList<>();
        List<String> inputs = new ArrayList<>(List.of(playlist));
        inputs.addAll(sound);
        for (int i = 0; i < inputs.size(); i++) {
            args.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", "hls,mov,mp4"));
            args.addAll(List.of("-allowed_extensions", "ALL", "-i", inputs.get(i)));
            maps.addAll(List.of("-map", i + ":0"));
        }
        args.addAll(maps);
        args.addAll(List.of("-c", "copy", "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4"));
        args.add(output.toString());
        return List.copyOf(args);
    }
}
