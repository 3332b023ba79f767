package dev.rivulet.ffmpeg;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.VideoTrack;
import net.bramp.ffmpeg.probe.FFmpegStream;
import org.apache.commons.lang3.math.Fraction;
import org.jspecify.annotations.Nullable;

/** Turns what ffprobe says of a picture into what we work with. */
final class PictureReader {
    private static final Rational ABSURD_RATE = Rational.of(480);
    /** No camera or disc goes beyond 4; a made-up one would multiply the pixels that are encoded. */
    private static final Rational ABSURD_ASPECT = Rational.of(8);

    private static final int DOLBY_ONLY = 5;
    /** What ffmpeg makes of the key systems that a file names (ISO/IEC 23001-7, the pssh box). */
    private static final String ENCRYPTED = "Encryption initialization data";

    private PictureReader() {}

    static VideoTrack read(FFmpegStream stream, ProbedFile.Stream more) throws RejectedSourceException {
        int width = stream.width;
        int height = stream.height;
        for (ProbedFile.SideData data : more.sideData()) {
            if (ENCRYPTED.equals(data.side_data_type)) {
                throw new RejectedSourceException(
                        ErrorCode.ENCRYPTED,
                        "The file is encrypted (DRM) and cannot be read without its key. Upload a copy without copy "
                                + "protection.");
            }
            Integer base = data.dv_bl_signal_compatibility_id;
            if (data.dv_profile == DOLBY_ONLY || (data.dv_profile > 0 && base != null && base == 0 && alone(data))) {
                throw new RejectedSourceException(
                        ErrorCode.UNSUPPORTED_CODEC,
                        "The picture is Dolby Vision without a base that other players can show (profile "
                                + data.dv_profile + "). Export it as HDR10, HLG or SDR and upload that.");
            }
            width -= data.crop_left + data.crop_right;
            height -= data.crop_top + data.crop_bottom;
        }
        boolean cropped = width > 0 && height > 0;
        return new VideoTrack(
                stream.index,
                stream.codec_name,
                cropped ? width : stream.width,
                cropped ? height : stream.height,
                aspect(stream.sample_aspect_ratio),
                rotation(stream),
                rate(stream),
                SourceReader.time(stream.start_pts, stream.time_base),
                SourceReader.duration(stream),
                String.valueOf(stream.pix_fmt),
                known(stream.color_space),
                known(stream.color_transfer),
                known(stream.color_primaries),
                known(stream.color_range),
                scan(more.fieldOrder()),
                0);
    }

    /** Profile 7 has its HDR10 base in a track of its own, whatever the record says. */
    private static boolean alone(ProbedFile.SideData data) {
        return data.dv_profile != 7 && data.dv_profile != 4;
    }

    private static String known(@Nullable String name) {
        return name == null || name.equals("unknown") || name.equals("reserved") ? "" : name;
    }

    /** The second letter tells the order of display. */
    private static Scan scan(String fieldOrder) {
        return switch (fieldOrder) {
            case "tt", "bt" -> Scan.TOP_FIRST;
            case "bb", "tb" -> Scan.BOTTOM_FIRST;
            default -> Scan.PROGRESSIVE;
        };
    }

    private static Rational rate(FFmpegStream stream) {
        Rational average = rational(stream.avg_frame_rate);
        Rational real = rational(stream.r_frame_rate);
        // Where there is no index, the average is a guess from the time base.
        if (average != null && average.compareTo(ABSURD_RATE) <= 0) {
            return average;
        }
        if (real != null) {
            return real.min(ABSURD_RATE);
        }
        return average == null ? Rational.of(25) : ABSURD_RATE;
    }

    private static @Nullable Rational rational(@Nullable Fraction fraction) {
        return fraction == null || fraction.getNumerator() <= 0 || fraction.getDenominator() <= 0
                ? null
                : new Rational(fraction.getNumerator(), fraction.getDenominator());
    }

    private static Rational aspect(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,9}:\\d{1,9}")) {
            return Rational.ONE;
        }
        String[] sides = text.split(":");
        long across = Long.parseLong(sides[0]);
        long down = Long.parseLong(sides[1]);
        if (across == 0 || down == 0) {
            return Rational.ONE;
        }
        Rational aspect = new Rational(across, down);
        return aspect.max(Rational.ONE.dividedBy(aspect)).compareTo(ABSURD_ASPECT) > 0 ? Rational.ONE : aspect;
    }

    private static int rotation(FFmpegStream stream) {
        if (stream.side_data_list == null) {
            return 0;
        }
        for (FFmpegStream.SideData data : stream.side_data_list) {
            if (data != null && data.displaymatrix != null) {
                return Math.floorMod(Math.round(-(data.rotation % 360) / 90f) * 90, 360);
            }
        }
        return 0;
    }
}
