package dev.rivulet.ffmpeg;

import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.SourceInfo;
import java.util.ArrayList;
import java.util.List;

/** The command that copies picture and sound of a source, as they are, into a container with an index. */
public final class CopyCommand {
    private CopyCommand() {}

    /** @param name of the file that is written, relative to the folder of {@code place}; its folder exists */
    public static List<String> of(SourceInfo source, String name, Place place) {
        List<String> args = new ArrayList<>(InputOptions.begin());
        // Containers without times for every packet are no rarity among those without an index.
        args.addAll(List.of("-fflags", "+genpts"));
        args.addAll(InputOptions.untrusted(place.limits()));
        args.addAll(List.of("-i", place.source(), "-map", "0:" + source.video().index()));
        for (AudioTrack track : source.audio()) {
            args.addAll(List.of("-map", "0:" + track.index()));
        }
        args.addAll(List.of("-c", "copy", "-map_chapters", "-1", "-f", "matroska"));
        args.add(place.folder().resolve(name).toString());
        return List.copyOf(args);
    }
}
