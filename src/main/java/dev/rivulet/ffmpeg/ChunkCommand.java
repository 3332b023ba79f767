package dev.rivulet.ffmpeg;

import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The command that encodes one chunk in the qualities of one tier from one decode: cut frame-exactly on the grid, as HLS
 * segments whose times follow from those of the chunk before, with the hashes that prove the seams.
 */
public final class ChunkCommand {
    /** Where the hashes of the first and the next frame are written. */
    public static final String SEAM_FILE = "seam.framemd5";

    private ChunkCommand() {}

    /**
     * @param place whose folder gets {@code {quality}/init.mp4} and {@code {quality}/seg_00000.m4s}; the quality folders
     *     exist
     */
    public static List<String> of(MediaPlan plan, Chunk chunk, Tier tier, Pace pace, Place place) {
        ChunkReading reading = ChunkReading.of(plan, chunk, pace.leadIn());
        List<Rendition> renditions = plan.renditions(tier);
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(List.of("-filter_complex_threads", Integer.toString(pace.threads()), "-stats_period", "0.25"));
        args.addAll(List.of("-copyts", "-threads", Integer.toString(pace.threads())));
        args.addAll(InputOptions.untrusted(place.source(), place.limits()));
        args.addAll(InputOptions.picture(place.limits()));
        if (reading.seek() != null) {
            // Not "accurate": that would cut by the container's start time; the fps filter cuts on the grid.
            args.addAll(List.of("-seek_timestamp", "1", "-noaccurate_seek"));
            args.addAll(List.of("-ss", Objects.requireNonNull(reading.seek()).toDecimal(6)));
        }
        args.addAll(List.of("-i", place.source()));
        args.addAll(List.of("-filter_complex", graph(plan, chunk, reading) + sizes(plan, renditions, true)));
        for (int i = 0; i < renditions.size(); i++) {
            args.addAll(output(plan, chunk, i, renditions.get(i), pace, place));
        }
        args.addAll(List.of("-map", "[hash]", "-fps_mode", "passthrough", "-f", "framemd5"));
        args.add(place.folder().resolve(SEAM_FILE).toString());
        return List.copyOf(args);
    }

    /**
     * The same for a chunk of an intermediate, which holds the frames of the chunk alone: nothing is left to prove. A last
     * frame is held for up to a second, by which a header may be off.
     *
     * @param place whose source is the chunk's own file
     */
    public static List<String> ofMezzanine(MediaPlan plan, Chunk chunk, Tier tier, int threads, Place place) {
        List<Rendition> renditions = plan.renditions(tier);
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(List.of("-filter_complex_threads", Integer.toString(threads), "-stats_period", "0.25"));
        args.addAll(List.of("-threads", Integer.toString(threads)));
        args.addAll(InputOptions.untrusted(place.limits()));
        args.addAll(InputOptions.picture(place.limits()));
        args.addAll(List.of("-i", place.source()));
        int held = chunk.last() ? (int) plan.grid().rate().ceil() : 0;
        String graph = "[0:0]" + (held > 0 ? "tpad=stop_mode=clone:stop=" + held + "," : "") + "trim=end_frame="
                + chunk.frames() + ",setpts=PTS-STARTPTS";
        args.addAll(List.of("-filter_complex", graph + sizes(plan, renditions, false)));
        Pace pace = new Pace(threads, Rational.ZERO);
        for (int i = 0; i < renditions.size(); i++) {
            args.addAll(output(plan, chunk, i, renditions.get(i), pace, place));
        }
        return List.copyOf(args);
    }

    private static String graph(MediaPlan plan, Chunk chunk, ChunkReading reading) {
        int frames = chunk.frames();
        int wanted = reading.skip() + frames + (chunk.last() ? 0 : 1);
        StringBuilder graph = new StringBuilder(GridGraph.open(plan, reading.firstRead()));
        if (reading.hold() > 0) {
            graph.append(",tpad=stop_mode=clone:stop=").append(reading.hold());
        }
        graph.append(",trim=start_frame=")
                .append(reading.skip())
                .append(":end_frame=")
                .append(wanted);
        graph.append(",setpts=PTS-STARTPTS,split=2[seam][all];[seam]select='eq(n\\,0)+eq(n\\,")
                .append(frames);
        graph.append(")',").append(GridGraph.digest(plan)).append("[hash];[all]trim=end_frame=");
        return graph.append(frames).toString();
    }

    /** Each quality is scaled from the next larger one: much cheaper than each from the source. */
    private static String sizes(MediaPlan plan, List<Rendition> renditions, boolean fromSource) {
        StringBuilder graph = new StringBuilder();
        for (int i = renditions.size() - 1; i >= 0; i--) {
            boolean largest = i == renditions.size() - 1;
            graph.append(largest ? "," : "[to" + i + "]").append(scale(plan, renditions.get(i), largest && fromSource));
            graph.append(i == 0 ? "[v0]" : ",split=2[v" + i + "][to" + (i - 1) + "];");
        }
        return graph.toString();
    }

    /** @param fromSource whether the frames are the source's own, whose colours have to be made ours */
    static String scale(MediaPlan plan, Rendition rendition, boolean fromSource) {
        return fromSource
                ? PictureFilters.toSize(plan.source().video(), rendition.width(), rendition.height())
                : "scale=" + rendition.width() + ":" + rendition.height() + ",setsar=1";
    }

    private static List<String> output(
            MediaPlan plan, Chunk chunk, int index, Rendition rendition, Pace pace, Place place) {
        boolean single = chunk.segments() == 1;
        int gop = single ? chunk.frames() : plan.chunks().segmentFrames();
        Rational rate = plan.grid().rate();
        // Half a frame less than the segment, so that rounding never moves a cut.
        Rational cut = new Rational(2L * gop - 1, 2).dividedBy(rate);
        Path quality = place.folder().resolve(rendition.quality());
        List<String> args = new ArrayList<>(List.of("-map", "[v" + index + "]", "-c:v", "libx264"));
        args.addAll(List.of("-threads", Integer.toString(pace.threads()), "-preset", rendition.preset()));
        args.addAll(List.of("-profile:v", rendition.preset().equals("ultrafast") ? "baseline" : "high"));
        args.addAll(List.of("-level:v", rendition.level() / 10 + "." + rendition.level() % 10));
        args.addAll(List.of("-crf", Integer.toString(rendition.crf())));
        args.addAll(List.of("-maxrate", rendition.maxrateKbit() + "k", "-bufsize", rendition.bufsizeKbit() + "k"));
        args.addAll(List.of("-g", Integer.toString(gop), "-keyint_min", Integer.toString(gop)));
        args.addAll(List.of("-sc_threshold", "0", "-flags", "+cgop"));
        args.addAll(List.of("-enc_time_base", rate.den() + "/" + rate.num(), "-fps_mode", "passthrough"));
        args.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
        args.addAll(List.of("-avoid_negative_ts", "disabled"));
        args.addAll(List.of(
                "-output_ts_offset", plan.grid().time(chunk.firstFrame()).toDecimal(6)));
        args.addAll(List.of("-f", "hls", "-hls_time", cut.toDecimal(6), "-hls_playlist_type", "vod"));
        args.addAll(List.of("-hls_list_size", "0", "-hls_segment_type", "fmp4"));
        args.addAll(List.of("-hls_fmp4_init_filename", "init.mp4"));
        args.addAll(List.of("-hls_segment_options", "movflags=+frag_discont+negative_cts_offsets"));
        args.addAll(List.of("-start_number", Integer.toString(chunk.firstSegment())));
        args.addAll(
                List.of("-hls_segment_filename", quality.resolve("seg_%05d.m4s").toString()));
        args.add(quality.resolve("run.m3u8").toString());
        return args;
    }
}
