package dev.rivulet.ffmpeg;

import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The command that encodes the sound of a whole video once, every bitrate of every track from one decode. Sound is never
 * cut into chunks: each AAC encoder begins with 1024 samples of priming, which would be heard at every join.
 */
public final class AudioCommand {
    private static final Pattern NOTHING =
            Pattern.compile("Input stream #[^\\n]*\\(audio\\):[^\\n]*; 0 frames decoded");

    private AudioCommand() {}

    /**
     * Where the end of the film is not known, the sound ends where the source's does.
     *
     * @param copy whether sound that suits is taken over; otherwise all of it is encoded
     * @param place whose folder is where {@code {rendition}/init.mp4} and {@code {rendition}/seg_00000.m4s} appear whole, in order; the
     *     rendition folders exist
     */
    public static List<String> of(MediaPlan plan, boolean copy, Place place) {
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(List.of("-filter_complex_threads", "1", "-stats_period", "0.1", "-copyts", "-threads", "1"));
        args.addAll(InputOptions.untrusted(place.source(), place.limits()));
        args.addAll(List.of("-vn", "-sn", "-dn", "-i", place.source()));
        Map<Integer, List<AudioRendition>> byStream = new LinkedHashMap<>();
        plan.audio().stream().filter(audio -> !(copy && audio.copied())).forEach(audio -> byStream.computeIfAbsent(
                        audio.stream(), stream -> new ArrayList<>())
                .add(audio));
        List<String> graphs = byStream.entrySet().stream()
                .map(entry -> graph(plan, entry.getKey(), entry.getValue()))
                .toList();
        if (!graphs.isEmpty()) {
            args.addAll(List.of("-filter_complex", String.join(";", graphs)));
        }
        for (AudioRendition audio : plan.audio()) {
            args.addAll(copy && audio.copied() ? taken(plan, audio) : encoded(audio));
            args.addAll(output(plan, audio, place.folder()));
        }
        // What is taken over is decoded all the same: only so is it known to be sound.
        plan.audio().stream()
                .filter(audio -> copy && audio.copied() && !byStream.containsKey(audio.stream()))
                .forEach(audio -> args.addAll(List.of("-map", "0:" + audio.stream(), "-f", "null", "-")));
        return List.copyOf(args);
    }

    /** The same renditions, silent, without a look at the source. */
    public static List<String> silent(MediaPlan plan, Place place) {
        List<String> args = new ArrayList<>(InputOptions.begin());
        args.addAll(List.of("-filter_complex_threads", "1", "-stats_period", "0.1", "-threads", "1"));
        List<String> graphs = new ArrayList<>();
        for (AudioRendition audio : plan.audio()) {
            long samples = samples(plan, audio.sampleRate()) - AudioPlan.FRAME_SAMPLES;
            graphs.add("anullsrc=channel_layout=stereo:sample_rate=" + audio.sampleRate() + ",atrim=end_sample="
                    + samples + "[" + audio.folder() + "]");
        }
        args.addAll(List.of("-filter_complex", String.join(";", graphs)));
        for (AudioRendition audio : plan.audio()) {
            args.addAll(encoded(audio));
            args.addAll(output(plan, audio, place.folder()));
        }
        return List.copyOf(args);
    }

    /**
     * Only decodes the sound and tells, at the end of its log, how much of it there was: ffmpeg itself would fill up with
     * silence without a word.
     */
    public static List<String> counting(MediaPlan plan, Place place) {
        List<String> args = new ArrayList<>(List.of("-nostdin", "-hide_banner", "-nostats", "-v", "verbose"));
        args.addAll(List.of("-max_error_rate", "1", "-threads", "1"));
        args.addAll(InputOptions.untrusted(place.limits()));
        args.addAll(List.of("-vn", "-sn", "-dn", "-i", place.source()));
        plan.audio().stream()
                .map(AudioRendition::stream)
                .distinct()
                .forEach(stream -> args.addAll(List.of("-map", "0:" + stream)));
        args.addAll(List.of("-f", "null", "-"));
        return List.copyOf(args);
    }

    /** Whether a stream gave nothing, by the log of {@link #counting}. */
    public static boolean nothingDecoded(String log) {
        return NOTHING.matcher(log).find();
    }

    /** Length in samples, at least what the encoder needs to write something after its priming. */
    private static long samples(MediaPlan plan, int sampleRate) {
        return Math.max(
                2L * AudioPlan.FRAME_SAMPLES,
                plan.soundDuration().times(sampleRate).ceil());
    }

    private static String graph(MediaPlan plan, int stream, List<AudioRendition> renditions) {
        int rate = renditions.get(0).sampleRate();
        long first = plan.grid().origin().times(rate).round();
        StringBuilder graph = new StringBuilder("[0:" + stream + "]aformat=channel_layouts=stereo");
        graph.append(",aresample=").append(rate).append(":async=1:first_pts=").append(first);
        boolean known = !plan.open();
        long samples = samples(plan, rate);
        if (known) {
            graph.append(",apad=whole_len=").append(samples);
        }
        // The encoder's priming takes the place of the first samples, so that sound and picture begin at 0 without an
        // edit list, which not every player honours in fragmented files.
        graph.append(",atrim=start_sample=").append(AudioPlan.FRAME_SAMPLES);
        if (known) {
            graph.append(":end_sample=").append(samples);
        }
        graph.append(",asetpts=PTS-STARTPTS,asplit=").append(renditions.size());
        renditions.forEach(audio -> graph.append("[").append(audio.folder()).append("]"));
        return graph.toString();
    }

    private static List<String> encoded(AudioRendition audio) {
        Rational priming = new Rational(AudioPlan.FRAME_SAMPLES, audio.sampleRate());
        return List.of(
                "-map",
                "[" + audio.folder() + "]",
                "-c:a",
                "aac",
                "-b:a",
                audio.kbit() + "k",
                "-output_ts_offset",
                priming.toDecimal(6));
    }

    /** Packets from the first picture on; those before it, the source's own priming among them, are dropped. */
    private static List<String> taken(MediaPlan plan, AudioRendition audio) {
        long first = plan.grid().origin().times(audio.sampleRate()).round();
        long end = first + plan.soundDuration().times(audio.sampleRate()).ceil();
        return List.of(
                "-map", "0:" + audio.stream(),
                "-c:a", "copy",
                "-bsf:a", "noise=drop='lt(pts\\," + first + ")+gte(pts\\," + end + ")',setts=ts=TS-" + first);
    }

    private static List<String> output(MediaPlan plan, AudioRendition audio, Path folder) {
        Path target = folder.resolve(audio.folder());
        List<String> args = new ArrayList<>(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
        args.addAll(List.of("-avoid_negative_ts", "disabled"));
        args.addAll(List.of("-f", "hls", "-hls_time", plan.segmentDuration().toDecimal(6)));
        args.addAll(List.of("-hls_playlist_type", "vod", "-hls_list_size", "0", "-hls_flags", "temp_file"));
        args.addAll(List.of("-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init.mp4"));
        args.addAll(List.of("-hls_segment_options", "movflags=+frag_discont"));
        args.addAll(
                List.of("-hls_segment_filename", target.resolve("seg_%05d.m4s").toString()));
        args.add(target.resolve("run.m3u8").toString());
        return args;
    }
}
