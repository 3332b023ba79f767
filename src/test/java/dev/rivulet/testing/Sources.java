package dev.rivulet.testing;

import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.LadderSpec;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Quality;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.SideStreams;
import dev.rivulet.media.SourceClass;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.SubtitleTrack;
import dev.rivulet.media.VideoTrack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes up probed sources: square pixels, upright, 25 frames per second, 60 s from 0, no sound, unless said. */
public final class Sources {
    /** The table of the product. */
    public static final LadderSpec LADDER = new LadderSpec(
            List.of(
                    new Quality("144p", 256, 144, "ultrafast", 35, 100, 200, 48),
                    new Quality("240p", 426, 240, "ultrafast", 33, 200, 400, 64),
                    new Quality("360p", 640, 360, "veryfast", 30, 400, 800, 96),
                    new Quality("480p", 854, 480, "veryfast", 28, 800, 1600, 96),
                    new Quality("720p", 1280, 720, "fast", 26, 2000, 4000, 128),
                    new Quality("1080p", 1920, 1080, "fast", 24, 4000, 8000, 192)),
            List.of(List.of("144p"), List.of("240p", "360p", "480p"), List.of("720p", "1080p")));

    private final int width;
    private String codec = "h264";
    private final int height;
    private Rational aspect = Rational.ONE;
    private int rotation;
    private Rational rate = Rational.of(25);
    private Rational start = Rational.ZERO;
    private @Nullable Rational length = Rational.of(60);
    private @Nullable Rational container;
    private String format = "yuv420p";
    private List<String> colours = List.of("bt709", "bt709", "bt709", "tv");
    private Scan scan = Scan.PROGRESSIVE;
    private int white;
    private final List<AudioTrack> audio = new ArrayList<>();
    private final List<SubtitleTrack> subtitles = new ArrayList<>();

    private Sources(int width, int height) {
        this.width = width;
        this.height = height;
    }

    public static Sources of(int width, int height) {
        return new Sources(width, height);
    }

    public Sources codec(String name) {
        codec = name;
        return this;
    }

    public Sources aspect(long across, long down) {
        aspect = new Rational(across, down);
        return this;
    }

    public Sources rotated(int degrees) {
        rotation = degrees;
        return this;
    }

    /** Pixel format, and matrix, transfer, primaries and range, each of them empty when unknown. */
    public Sources coloured(String pixelFormat, String matrix, String transfer, String primaries, String range) {
        format = pixelFormat;
        colours = List.of(matrix, transfer, primaries, range);
        return this;
    }

    public Sources scanned(Scan lines) {
        scan = lines;
        return this;
    }

    /** White of a picture of high dynamic range, in cd/m². */
    public Sources white(int nits) {
        white = nits;
        return this;
    }

    public Sources rate(String text) {
        rate = Rational.parse(text);
        return this;
    }

    public Sources starting(String seconds) {
        start = Rational.parse(seconds);
        return this;
    }

    /** Length of the picture; null when its stream does not tell. */
    public Sources lasting(@Nullable String seconds) {
        length = seconds == null ? null : Rational.parse(seconds);
        return this;
    }

    /** Length of the container. */
    public Sources container(String seconds) {
        container = Rational.parse(seconds);
        return this;
    }

    /** AAC stereo at 48 kHz and 128 kbit/s from {@code start} on. */
    public Sources sound(String start, @Nullable String seconds) {
        return sound(start, seconds, 48000, 128_000, null, null);
    }

    public Sources sound(
            String from,
            @Nullable String seconds,
            int sampleRate,
            long bitrate,
            @Nullable String language,
            @Nullable String title) {
        audio.add(new AudioTrack(
                audio.size() + 1,
                "aac",
                "LC",
                2,
                sampleRate,
                bitrate,
                Rational.parse(from),
                seconds == null ? null : Rational.parse(seconds),
                language,
                title,
                false));
        return this;
    }

    /** SubRip, in a stream after picture and sound. */
    public Sources subtitles(@Nullable String language, @Nullable String title, boolean preferred, boolean forced) {
        int index = 1 + audio.size() + subtitles.size();
        subtitles.add(new SubtitleTrack(index, "subrip", language, title, preferred, forced));
        return this;
    }

    public VideoTrack video() {
        return new VideoTrack(
                0,
                codec,
                width,
                height,
                aspect,
                rotation,
                rate,
                start,
                length,
                format,
                colours.get(0),
                colours.get(1),
                colours.get(2),
                colours.get(3),
                scan,
                white);
    }

    public SourceInfo info() {
        Rational first = audio.stream().map(AudioTrack::start).reduce(start, Rational::min);
        return new SourceInfo(
                "mov,mp4,m4a,3gp,3g2,mj2",
                first,
                container,
                video(),
                audio,
                SideStreams.of(subtitles, List.of()),
                null);
    }

    /** Segments of 3 s, chunks of 4. */
    public MediaPlan plan() {
        return MediaPlan.of(info(), LADDER, Rational.of(3), 4, SourceClass.DIRECT, "source/original");
    }
}
