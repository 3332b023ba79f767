package dev.rivulet.ffmpeg;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decoders that untrusted files may reach: what phones, cameras, browsers, editors and screen recorders write, and
 * what they wrote once. ffmpeg has some 500 more, for games and for formats of which nobody has seen a file in years.
 */
final class Decoders {
    /** Named as the codec is, unless said otherwise in {@link #OTHER_NAMES}. */
    private static final Set<String> PICTURE = Set.of(
            ("h264 hevc vvc av1 vp3 theora vp6 vp6a vp6f vp7 vp8 vp9 mpeg1video mpeg2video mpeg4 msmpeg4v1 msmpeg4v2"
                            + " msmpeg4v3 wmv1 wmv2 wmv3 vc1 h261 h263 h263p h263i flv1 mjpeg mjpegb jpeg2000 prores dnxhd"
                            + " cfhd apv dvvideo svq1 svq3 gif rawvideo png qtrle rpza smc 8bps cinepak hap ffv1 ffvhuff"
                            + " huffyuv utvideo magicyuv lagarith tscc tscc2 cscd zmbv msrle msvideo1 fraps flashsv"
                            + " flashsv2 indeo4 indeo5 v210 v308 v408 v410 r210 yuv4 dirac rv10 rv20 rv30 rv40 mss1 mss2")
                    .split(" "));

    private static final Set<String> SOUND = Set.of(
            ("aac aac_latm mp1 mp2 mp3 ac3 eac3 dts truehd mlp opus vorbis flac alac mp4als wavpack tta speex amr_nb"
                            + " amr_wb wmav1 wmav2 wmapro wmalossless wmavoice adpcm_ms adpcm_ima_wav adpcm_ima_qt"
                            + " adpcm_swf adpcm_yamaha adpcm_g722 adpcm_g726 gsm gsm_ms nellymoser qdm2 qdmc qcelp mace3"
                            + " mace6 cook sipr ra_144 ra_288 atrac3 s302m pcm_alaw pcm_mulaw pcm_bluray pcm_dvd"
                            + " pcm_f32be pcm_f32le pcm_f64be pcm_f64le pcm_s16be pcm_s16be_planar pcm_s16le"
                            + " pcm_s16le_planar pcm_s24be pcm_s24le pcm_s24le_planar pcm_s32be pcm_s32le"
                            + " pcm_s32le_planar pcm_s8 pcm_s8_planar pcm_u16be pcm_u16le pcm_u24be pcm_u24le pcm_u32be"
                            + " pcm_u32le pcm_u8")
                    .split(" "));

    private static final Set<String> TEXT =
            Set.of("ass ssa subrip srt mov_text webvtt text dvbsub dvdsub pgssub cc_dec".split(" "));

    /** Decoders of the codecs above that are not called as the codec is; a build holds some of them. */
    private static final List<String> OTHER_NAMES = List.of(
            ("libdav1d libaom-av1 libvpx libvpx-vp9 mpegvideo msmpeg4 flv camtasia camstudio libopus libspeex amrnb amrwb"
                            + " libopencore_amrnb libopencore_amrwb mp1float mp2float mp3float dca als g722 g726"
                            + " real_144 real_288")
                    .split(" "));

    private static final String WHITELIST = Stream.of(PICTURE, SOUND, TEXT, OTHER_NAMES)
            .flatMap(java.util.Collection::stream)
            .sorted()
            .collect(Collectors.joining(","));

    private Decoders() {}

    /** As {@code -codec_whitelist} wants it. */
    static String whitelist() {
        return WHITELIST;
    }

    /** Whether there is a decoder for a picture, by ffprobe's {@code codec_name}. */
    static boolean readsPicture(String codec) {
        return PICTURE.contains(codec);
    }

    /** Whether there is a decoder for sound, by ffprobe's {@code codec_name}. */
    static boolean readsSound(String codec) {
        return SOUND.contains(codec);
    }
}
