package dev.rivulet.ffmpeg;

import dev.rivulet.media.Rational;
import dev.rivulet.media.Scan;
import dev.rivulet.media.ToneCurve;
import dev.rivulet.media.VideoTrack;

/**
 * The filters between decoded frames and those that are published: bt709, 8 bit, limited range, square pixels, whole
 * frames. ffmpeg has turned the picture upright before the first of them. All are pure text without a comma at either end.
 */
public final class PictureFilters {
    /**
     * Input option that goes with {@link #beforeGrid}. A source that changes size or colour in mid-stream would build the
     * filters anew and begin counting frames anew; so they stay, and the first one scales.
     */
    public static final String KEEP_FILTERS = "-reinit_filter";

    private static final String BT709 = "range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";
    /** Room for the codes of both ranges: rounded to 10 bits, dark parts of saturated colours go wrong by 17 levels of 255. */
    private static final String DEEP = ",format=yuv444p12le,setparams=range=tv:colorspace=bt2020nc:color_primaries=";

    private static final Rational KNEE_OF_HIGHLIGHTS = new Rational(1, 2);
    private static final Rational KNEE_WITHOUT = new Rational(4, 5);
    private static final int SMALLEST_FIELDS = 16;

    private PictureFilters() {}

    /** What has to happen before frames are put on a grid: one size throughout, and whole frames. */
    public static String beforeGrid(VideoTrack video) {
        String telecined = beforePicking(video);
        return video.scan() == Scan.TELECINED ? telecined + ",decimate" : telecined;
    }

    /** The same for one frame out of some, where their number does not matter. */
    static String beforePicking(VideoTrack video) {
        String steady = "scale=" + video.turnedWidth() + ":" + video.turnedHeight();
        if (Math.min(video.turnedWidth(), video.turnedHeight()) < SMALLEST_FIELDS) {
            return steady;
        }
        // ffmpeg may convert the layout in the first filter that can: of fields that would mix the colours.
        boolean pinned = video.scan() != Scan.PROGRESSIVE && video.pixelFormat().startsWith("yuv");
        return steady
                + (pinned ? ",format=" + video.pixelFormat() : "")
                + switch (video.scan()) {
                    case PROGRESSIVE -> "";
                    case TOP_FIRST -> ",bwdif=mode=send_frame:parity=tff:deint=all";
                    case BOTTOM_FIRST -> ",bwdif=mode=send_frame:parity=bff:deint=all";
                    // Its clean frames are matched from fields; what stays combed is where the rhythm was cut.
                    case TELECINED -> ",fieldmatch=combmatch=full,yadif=deint=interlaced";
                };
    }

    /** Whether {@link #beforeGrid} yields the same frames only when the source is read from its beginning. */
    public static boolean sequentialOnly(VideoTrack video) {
        return video.scan() == Scan.TELECINED;
    }

    /** Scales and makes the colours those of what is published. The width and height are even. */
    public static String toSize(VideoTrack video, int width, int height) {
        String size = "scale=" + width + ":" + height;
        String end = ",setsar=1,format=yuv420p,setparams=" + BT709;
        if (ToneCurve.high(video.transfer())) {
            return size + Colour.from(video) + Colour.toBt2020() + DEEP + "bt2020:color_trc=" + video.transfer()
                    + toneMapped(video) + end;
        }
        String primaries = Colour.widePrimaries(video);
        if (!primaries.isEmpty()) {
            return size + Colour.from(video) + Colour.toBt2020() + DEEP + primaries + ":color_trc=bt709"
                    + ",zscale=primaries=bt709:transfer=bt709:matrix=bt709:range=tv:chromal=left" + end;
        }
        if (Colour.transparent(video)) {
            // Before it is scaled: colours under what is not seen would bleed into the edges.
            return "scale" + Colour.first(Colour.from(video)) + ",format=gbrap,premultiply=inplace=1," + size
                    + Colour.toBt709() + end;
        }
        return size + Colour.from(video) + Colour.toBt709() + end;
    }

    /** To linear light with white at 1; highlights are rolled off above the knee; the peak is given, as side data varies. */
    private static String toneMapped(VideoTrack video) {
        int white = video.whiteNits();
        Rational highlights =
                new Rational(white - VideoTrack.DIMMEST_WHITE, VideoTrack.DIFFUSE_WHITE - VideoTrack.DIMMEST_WHITE);
        Rational knee =
                KNEE_WITHOUT.minus(KNEE_WITHOUT.minus(KNEE_OF_HIGHLIGHTS).times(highlights));
        return ",zscale=transfer=linear:primaries=bt709:npl=" + white + ",format=gbrpf32le,tonemap=mobius:param="
                + knee.toDecimal(3) + ":desat=0:peak=" + new Rational(ToneCurve.PEAK, white).toDecimal(3)
                + ",zscale=transfer=bt709:matrix=bt709:range=tv:chromal=left";
    }
}
