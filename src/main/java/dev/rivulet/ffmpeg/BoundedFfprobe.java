package dev.rivulet.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import net.bramp.ffmpeg.FFprobe;
import net.bramp.ffmpeg.ProcessFunction;
import net.bramp.ffmpeg.builder.FFprobeBuilder;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;

/** The wrapper's ffprobe, asked for no more than is used, and read no further than it may go. */
final class BoundedFfprobe extends FFprobe {
    /** A hundred times what a film with many tracks takes. */
    private static final long MOST_BYTES = 2 << 20;

    /** What {@link SourceReader} reads, and the small facts beside it; of all tags only these. */
    private static final String ENTRIES = "format=format_name,format_long_name,nb_streams,start_time,duration,size,"
            + "bit_rate,probe_score"
            + ":stream=index,id,codec_name,codec_type,codec_tag_string,profile,level,width,height,coded_width,"
            + "coded_height,has_b_frames,sample_aspect_ratio,display_aspect_ratio,pix_fmt,field_order,color_range,"
            + "color_space,color_transfer,color_primaries,chroma_location,bits_per_raw_sample,r_frame_rate,"
            + "avg_frame_rate,time_base,start_pts,start_time,duration_ts,duration,bit_rate,nb_frames,sample_fmt,"
            + "sample_rate,channels,channel_layout,bits_per_sample"
            + ":stream_tags=language,title,DURATION"
            + ":stream_disposition=default,attached_pic,forced,timed_thumbnails,still_image"
            + ":stream_side_data=side_data_type,displaymatrix,rotation,dv_profile,"
            + "dv_bl_signal_compatibility_id,el_present_flag,crop_top,crop_bottom,crop_left,crop_right";

    private String printed = "";

    BoundedFfprobe(String path, ProcessFunction start) {
        super(path, start);
    }

    /** The tool was checked when the server started; the wrapper would ask for its version before every run. */
    @Override
    public synchronized String version() {
        return "ffprobe version checked at start";
    }

    /** A question about one source. */
    FFprobeBuilder question(Limits limits, String source) {
        return builder()
                .addExtraArgs(InputOptions.untrusted(source, limits).toArray(String[]::new))
                .addExtraArgs("-show_entries", ENTRIES)
                .setShowFormat(false)
                .setShowStreams(false)
                .setShowChapters(false)
                .setInput(source);
    }

    /** Keeps what was printed: the wrapper passes over some of it. */
    @Override
    protected BufferedReader wrapInReader(Process process) {
        try (InputStream output = BoundedStream.whole(process.getInputStream(), MOST_BYTES)) {
            printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BufferedReader(new StringReader(printed));
    }

    /** All that was printed. */
    String printed() {
        return printed;
    }

    /** The wrapper would wait for one second; ours is the limit of the run. */
    @Override
    protected void throwOnError(Process process, FFmpegProbeResult result) throws IOException {
        process.onExit().join();
        super.throwOnError(process, result);
    }
}
