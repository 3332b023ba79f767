package dev.rivulet.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * The command that reads the packets of one stream once, so that progress tells where the last one begins, from the start of
 * the file. Nothing is decoded. Of several streams, progress tells the one that is least far.
 */
final class LengthCommand {
    private LengthCommand() {}

    /** @param stream index in the container */
    static List<String> of(String source, int stream, Limits limits) {
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(InputOptions.untrusted(limits));
        args.addAll(List.of("-sn", "-dn", "-i", source, "-map", "0:" + stream));
        args.addAll(List.of("-c", "copy", "-f", "null", "-"));
        return List.copyOf(args);
    }
}
