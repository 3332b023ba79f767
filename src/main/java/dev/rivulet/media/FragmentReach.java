package dev.rivulet.media;

import dev.rivulet.media.Boxes.Box;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How far the fragments reach that are there of an ISO base media file (ISO/IEC 14496-12, 8.8): up to there it is a whole file
 * of its own. Grows as more of it arrives, without reading again what was read.
 *
 * @param bytes from the beginning to the end of the last fragment of which everything is there
 * @param fragments how many these are
 * @param tracks in the order of the index; none of a transport stream, which is cut anywhere
 * @param sha256 digest of the index and of the head of each fragment, in hexadecimal
 */
public record FragmentReach(long bytes, int fragments, List<Track> tracks, String sha256) {
    /** A fragment for each frame of half an hour, or for each second of half a day. */
    private static final int MOST_FRAGMENTS = 50_000;
    /** Boxes that are looked at in one go. */
    private static final int MOST_BOXES = 400_000;

    private static final int LONGEST_HEAD = 4 << 20;
    /** More than a day. */
    private static final Rational LONGEST = Rational.of(100_000);
    /** Seconds by which a fragment may begin before the end of the one before: what writers round away. */
    private static final Rational OVERLAP = new Rational(1, 10);

    private static final int PICTURES = 0x76696465;

    public FragmentReach {
        tracks = List.copyOf(tracks);
    }

    /**
     * A track.
     *
     * @param id within the file
     * @param picture whether it holds pictures
     * @param timescale ticks of a second
     * @param ticks of a sample that does not tell its own
     * @param first tick of the first fragment that holds some of it, negative as long as there is none
     * @param end tick behind the last sample
     */
    public record Track(int id, boolean picture, long timescale, int ticks, long first, long end) {
        private Track grown(long begins, long lasts) {
            if (first >= 0 && Rational.of(end - begins).compareTo(OVERLAP.times(timescale)) > 0) {
                throw new MalformedMediaException("fragments out of order");
            }
            Track grown =
                    new Track(id, picture, timescale, ticks, first < 0 ? begins : first, Math.max(end, begins + lasts));
            if (grown.seconds().compareTo(LONGEST) > 0) {
                throw new MalformedMediaException("a film without end");
            }
            return grown;
        }

        private Rational seconds() {
            return first < 0 ? Rational.ZERO : new Rational(end - first, timescale);
        }
    }

    /**
     * As long as there is no fragment.
     *
     * @param moov the whole box
     * @param at where it stands
     * @return empty when the film is not in fragments
     * @throws MalformedMediaException when it contradicts itself
     */
    public static Optional<FragmentReach> begin(byte[] moov, long at) {
        Boxes movie = Boxes.of(moov).needed("moov");
        Optional<ByteBuffer> extension = movie.find("mvex");
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        List<Track> tracks = new ArrayList<>();
        for (Box box : movie.all()) {
            if (box.type().equals("trak")) {
                tracks.add(track(new Boxes(box.content()), new Boxes(extension.get())));
            }
        }
        if (tracks.stream().noneMatch(Track::picture)
                || tracks.stream().map(Track::id).distinct().count() < tracks.size()) {
            throw new MalformedMediaException("no track of pictures, or one twice");
        }
        return Optional.of(new FragmentReach(at + moov.length, 0, tracks, digest("", moov)));
    }

    /** Seconds that the index promises (8.8.2), empty when it does not, or what nobody would. */
    public static Optional<Rational> promised(byte[] moov) {
        Boxes movie = Boxes.of(moov).needed("moov");
        long timescale = MovieIndex.timescale(movie.need("mvhd"));
        return movie.find("mvex", "mehd")
                .map(box -> box.get(0) == 1 ? box.getLong(4) : Integer.toUnsignedLong(box.getInt(4)))
                .filter(ticks -> ticks > 0)
                .map(ticks -> new Rational(ticks, timescale))
                .filter(seconds -> seconds.compareTo(LONGEST) <= 0);
    }

    /** Seconds of picture, in each track of it. */
    public Rational seconds() {
        return tracks.stream()
                .filter(Track::picture)
                .map(Track::seconds)
                .reduce(Rational::min)
                .orElse(Rational.ZERO);
    }

    /**
     * With what is there behind it.
     *
     * @param end before which bytes are read
     * @throws MalformedMediaException when what follows cannot be understood, or is too much; nothing more of it ever will
     */
    public FragmentReach further(MovieHead.Bytes file, long end) {
        FragmentReach reach = this;
        FragmentReach open = null;
        long at = bytes;
        for (int box = 0; at + 16 <= end; box++) {
            Optional<byte[]> head = file.at(at, 16);
            if (head.isEmpty()) {
                return reach;
            }
            String type = new String(head.get(), 4, 4, StandardCharsets.ISO_8859_1);
            long length = length(head.get());
            if (length < 8 || box >= MOST_BOXES || type.equals("moov")) {
                throw new MalformedMediaException("the box " + type + " of " + length + " bytes at " + at);
            }
            if (length > end - at) {
                return reach;
            }
            if (type.equals("moof")) {
                open = reach.with(file.at(at, reach.bounded(length)).orElseThrow());
            } else if (type.equals("mdat") && open != null) {
                reach = new FragmentReach(at + length, open.fragments, open.tracks, open.sha256);
                open = null;
            }
            at += length;
        }
        return reach;
    }

    private static long length(byte[] head) {
        ByteBuffer box = ByteBuffer.wrap(head);
        long length = Integer.toUnsignedLong(box.getInt(0));
        return length == 1 ? box.getLong(8) : length;
    }

    private int bounded(long length) {
        if (length > LONGEST_HEAD || fragments >= MOST_FRAGMENTS) {
            throw new MalformedMediaException("more fragments than are followed");
        }
        return (int) length;
    }

    private FragmentReach with(byte[] moof) {
        List<Track> grown = new ArrayList<>(tracks);
        try {
            for (Box box : Boxes.of(moof).needed("moof").all()) {
                if (box.type().equals("traf")) {
                    grow(grown, new Boxes(box.content()));
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedMediaException("a box is too short: " + e.getMessage());
        }
        return new FragmentReach(bytes, fragments + 1, grown, digest(sha256, moof));
    }

    private static void grow(List<Track> tracks, Boxes fragment) {
        ByteBuffer header = fragment.need("tfhd");
        int given = header.getInt(0);
        int id = header.getInt(4);
        int at = 0;
        while (at < tracks.size() && tracks.get(at).id() != id) {
            at++;
        }
        if (at == tracks.size()) {
            throw new MalformedMediaException("a fragment of track " + id + ", which the index does not know");
        }
        int before = 8 + ((given & 0x1) != 0 ? 8 : 0) + ((given & 0x2) != 0 ? 4 : 0);
        int usual = (given & 0x8) != 0 ? header.getInt(before) : tracks.get(at).ticks();
        ByteBuffer time = fragment.need("tfdt");
        long begins = time.get(0) == 1 ? time.getLong(4) : Integer.toUnsignedLong(time.getInt(4));
        long lasts = 0;
        for (Box box : fragment.all()) {
            if (box.type().equals("trun")) {
                lasts += Fragment.Run.of(box.content(), usual, 0).ticks();
            }
        }
        if (begins < 0 || begins > Long.MAX_VALUE / 4 || lasts < 0) {
            throw new MalformedMediaException("an impossible time");
        }
        tracks.set(at, tracks.get(at).grown(begins, lasts));
    }

    private static Track track(Boxes track, Boxes extension) {
        ByteBuffer head = track.need("tkhd");
        int id = head.getInt(head.get(0) == 1 ? 20 : 12);
        int ticks = 0;
        for (Box box : extension.all()) {
            if (box.type().equals("trex") && box.content().getInt(4) == id) {
                ticks = box.content().getInt(12);
            }
        }
        boolean picture = track.need("mdia", "hdlr").getInt(8) == PICTURES;
        return new Track(id, picture, MovieIndex.timescale(track.need("mdia", "mdhd")), ticks, -1, 0);
    }

    private static String digest(String before, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
