package dev.rivulet.ffmpeg;

import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Mezzanine;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command that reads a picture once from beginning to end and writes it on the frame grid, near-lossless, a file for
 * each chunk; with the digest of the frame at each segment's beginning, which is the truth that every chunk is held
 * against.
 */
public final class MezzanineCommand {
    /** Where the digests are written, one for each segment. */
    public static final String SEAMS_FILE = "seams.framemd5";

    /** Visually lossless: what is lost here must not be seen after the second encoding. */
    private static final int CRF = 10;

    private MezzanineCommand() {}

    /**
     * @param threads for decoder and encoder
     * @param place whose folder gets the files of {@link Mezzanine}, by their names; their folder exists
     */
    public static List<String> of(MediaPlan plan, int threads, Place place) {
        Rational rate = plan.grid().rate();
        String count = Integer.toString(threads);
        int segment = plan.chunks().segmentFrames();
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(List.of("-filter_complex_threads", count, "-stats_period", "0.25", "-copyts", "-threads", count));
        args.addAll(InputOptions.untrusted(place.limits()));
        args.addAll(InputOptions.picture(place.limits()));
        args.addAll(List.of("-i", place.source(), "-filter_complex", graph(plan)));
        args.addAll(List.of("-map", "[v]", "-c:v", "libx264", "-threads", count, "-preset", "ultrafast"));
        args.addAll(List.of("-crf", Integer.toString(CRF), "-g", Integer.toString(segment)));
        args.addAll(List.of("-keyint_min", Integer.toString(segment), "-sc_threshold", "0"));
        args.addAll(List.of("-enc_time_base", rate.den() + "/" + rate.num(), "-fps_mode", "passthrough"));
        args.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
        args.addAll(List.of("-f", "segment", "-segment_format", "mp4", "-reset_timestamps", "1"));
        args.addAll(List.of("-segment_frames", cuts(plan)));
        args.add(place.folder()
                .resolve(Mezzanine.FOLDER)
                .resolve("chunk_%05d.mp4")
                .toString());
        args.addAll(List.of("-map", "[hash]", "-fps_mode", "passthrough", "-flush_packets", "1", "-f", "framemd5"));
        args.add(seams(place.folder()).toString());
        return List.copyOf(args);
    }

    /** The file of digests in a work folder. */
    public static Path seams(Path folder) {
        return folder.resolve(SEAMS_FILE);
    }

    private static String graph(MediaPlan plan) {
        Rational end = plan.source().pictureEnd();
        long picture = end == null
                ? plan.grid().frames()
                : end.minus(plan.grid().origin()).times(plan.grid().rate()).round();
        long hold = plan.grid().frames() - picture;
        Rendition largest = plan.largest();
        StringBuilder graph = new StringBuilder(GridGraph.open(plan, 0));
        if (hold > 0) {
            graph.append(",tpad=stop_mode=clone:stop=").append(hold);
        }
        graph.append(",trim=end_frame=").append(plan.grid().frames());
        graph.append(",setpts=PTS-STARTPTS,split=2[seam][all];[seam]select='not(mod(n\\,");
        graph.append(plan.chunks().segmentFrames()).append("))',").append(GridGraph.digest(plan));
        graph.append("[hash];[all]")
                .append(ChunkCommand.scale(plan, largest, true))
                .append("[v]");
        return graph.toString();
    }

    /** Numbers of the frames that begin a file; beyond the end when there is only one. */
    private static String cuts(MediaPlan plan) {
        List<Chunk> chunks = plan.chunks().chunks();
        return chunks.size() == 1
                ? Long.toString(plan.grid().frames() + 1)
                : chunks.stream()
                        .skip(1)
                        .map(chunk -> Long.toString(chunk.firstFrame()))
                        .collect(Collectors.joining(","));
    }
}
