package dev.rivulet.ffmpeg;

import dev.rivulet.media.Storyboard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that makes the sprites of a storyboard out of an MP4 of our own making. */
public final class StoryboardCommand {
    private static final String PATTERN = "storyboard_%02d.webp";

    private StoryboardCommand() {}

    /**
     * Reads keyframes only, which come in every segment: a film of two hours takes about as long as opening it.
     *
     * @param folder where the sprites go
     */
    public static List<String> of(Path mp4, Storyboard board, Path folder) {
        String grid = Storyboard.ROW + "x" + Storyboard.ROW;
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(List.of("-threads", "1", "-skip_frame", "nokey"));
        args.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", "mov,mp4"));
        args.addAll(List.of("-i", mp4.toString(), "-map", "0:v:0", "-vf"));
        // A video that is shorter than the interval has a picture too; the last one fills what is left of its sprite.
        args.add("fps=1/" + board.interval() + ":round=near:eof_action=pass,scale=" + board.width() + ":"
                + board.height() + ",tpad=stop=" + board.pictures() + ":stop_mode=clone,tile=" + grid);
        args.addAll(List.of("-frames:v", Integer.toString(board.sprites()), "-map_metadata", "-1"));
        args.addAll(List.of("-c:v", "libwebp", "-quality", "60", "-f", "image2", "-start_number", "0"));
        // The muxer takes a percent sign for its pattern, wherever it stands.
        args.add(folder.toString().replace("%", "%%") + "/" + PATTERN);
        return List.copyOf(args);
    }
}
