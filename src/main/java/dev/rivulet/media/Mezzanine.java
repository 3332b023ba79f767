package dev.rivulet.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of the files of an intermediate, relative to the video's folder. */
public final class Mezzanine {
    /** Its folder, below that of the source, which is never served. */
    public static final String FOLDER = "source/mezzanine";

    /** What the name of a chunk's digests has after that of its picture. */
    public static final String SEAM = ".seam";

    private Mezzanine() {}

    /** The picture of one chunk, beginning at its first frame. */
    public static String chunk(int chunk) {
        return String.format(Locale.ROOT, "%s/chunk_%05d.mp4", FOLDER, chunk);
    }

    /** Digests of the source's frames at the beginning of a chunk and after its end, a line each. */
    public static String seam(int chunk) {
        return chunk(chunk) + SEAM;
    }

    /** Names of everything that chunks {@code first} to before {@code end} have. */
    public static List<String> names(int first, int end) {
        List<String> names = new ArrayList<>();
        for (int chunk = first; chunk < end; chunk++) {
            names.add(seam(chunk));
            names.add(chunk(chunk));
        }
        return names;
    }
}
