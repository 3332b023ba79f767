package dev.rivulet.media;

import java.util.List;
import java.util.Set;

/** Chooses how a source is read. A first guess: the proof of the seams corrects it. */
public final class SourceClasses {
    /** Containers with an index of every frame, or of every keyframe. */
    private static final Set<String> INDEXED = Set.of("mp4", "mov", "matroska", "webm");
    /** Containers whose streams fit into an indexed one as they are. */
    private static final Set<String> COPIED = Set.of("mpegts", "mpeg", "flv");
    /** Codecs that keep their frames' order and times when they are copied out of the containers above. */
    private static final Set<String> COPYABLE = Set.of("h264", "hevc", "mpeg2video", "mpeg1video", "flv1", "vp6f");
    /** Seconds between keyframes beyond which decoding them again for every chunk costs more than once for all. */
    private static final Rational LONGEST_GAP = Rational.of(20);
    /** Seconds of a source below which nothing is won by an index. */
    private static final Rational SHORT = Rational.of(20);

    private SourceClasses() {}

    /** Whether it is worth to look for frames in the middle before {@link #of} is asked. */
    public static boolean seekable(SourceInfo source) {
        return indexed(source) && source.duration() != null && source.duration().compareTo(SHORT) > 0;
    }

    /** The class of an uploaded file. */
    public static SourceClass of(SourceInfo source, Seeks seeks) {
        boolean brief = source.duration() != null && source.duration().compareTo(SHORT) <= 0;
        if (indexed(source)) {
            if (source.duration() == null) {
                return SourceClass.REMUX;
            }
            boolean near = seeks.exact() && seeks.farthest().compareTo(LONGEST_GAP) <= 0;
            return near ? SourceClass.DIRECT : SourceClass.MEZZANINE;
        }
        boolean copied = names(source).stream().anyMatch(COPIED::contains)
                && COPYABLE.contains(source.video().codec());
        return copied && !brief ? SourceClass.REMUX : SourceClass.MEZZANINE;
    }

    /** Whether it is a transport stream whose picture keeps its order and times wherever it is begun. */
    public static boolean transport(SourceInfo source) {
        return source.format().equals("mpegts")
                && COPYABLE.contains(source.video().codec());
    }

    private static boolean indexed(SourceInfo source) {
        return names(source).stream().anyMatch(INDEXED::contains);
    }

    private static List<String> names(SourceInfo source) {
        return List.of(source.format().split(","));
    }
}
