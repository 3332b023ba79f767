package dev.rivulet.media;

import dev.rivulet.media.Boxes.Box;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the pictures of an ISO base media file lie in it, by the index in its {@code moov} (ISO/IEC 14496-12, 8.6 and 8.7):
 * how much of the file has to be there to decode it up to a time.
 */
public final class MovieIndex {
    /** More than ten hours at 240 frames a second. */
    private static final int MOST_SAMPLES = 10_000_000;

    private final List<Track> pictures;

    private MovieIndex(List<Track> pictures) {
        this.pictures = List.copyOf(pictures);
    }

    /**
     * Samples of a track in decoding order.
     *
     * @param timescale ticks of a second
     * @param shift ticks from the track's clock to the movie's: its edit list
     * @param times of decoding, ascending
     * @param gap most ticks from one keyframe to the next, or to the end
     * @param ends for each sample, the byte behind it or behind one before it, whichever is farther
     */
    private record Track(long timescale, long shift, long gap, long[] times, long[] ends) {
        /** Number of samples up to that time. */
        int until(Rational seconds) {
            long tick = seconds.times(timescale).ceil() + shift;
            int found = Arrays.binarySearch(times, tick);
            int count = found < 0 ? -found - 1 : found + 1;
            // Several samples may begin at the same tick.
            while (count < times.length && times[count] == tick) {
                count++;
            }
            return count;
        }
    }

    /**
     * @param moov content of the box
     * @throws MalformedMediaException when it contradicts itself, is in fragments, or cuts the track up: then it does not
     *     tell where the pictures lie
     */
    public static MovieIndex of(ByteBuffer moov) {
        Boxes movie = new Boxes(moov);
        if (movie.find("mvex").isPresent()) {
            throw new MalformedMediaException("the index is spread over fragments");
        }
        long movieScale = timescale(movie.need("mvhd"));
        List<Track> pictures = new ArrayList<>();
        for (Box box : movie.all()) {
            if (box.type().equals("trak")) {
                Boxes track = new Boxes(box.content());
                if (track.need("mdia", "hdlr").getInt(8) == 0x76696465) {
                    pictures.add(track(track, movieScale));
                }
            }
        }
        if (pictures.isEmpty()) {
            throw new MalformedMediaException("no track of pictures");
        }
        return new MovieIndex(pictures);
    }

    /**
     * How many bytes from the beginning have to be there.
     *
     * @param seconds on the movie's clock
     * @param size of the part of the file that is asked about: what lies behind it is there in any case
     * @return at most {@code size}
     */
    public long bytesUntil(Rational seconds, long size) {
        return bytesBehind(seconds, 0, size);
    }

    /**
     * The same with so many pictures behind that time, as far as there are any.
     *
     * @param ahead 0 or more
     */
    public long bytesBehind(Rational seconds, int ahead, long size) {
        long bytes = 0;
        for (Track track : pictures) {
            int count = Math.min(track.until(seconds) + ahead, track.times().length);
            bytes = Math.max(bytes, count == 0 ? 0 : track.ends()[count - 1]);
        }
        return Math.min(bytes, size);
    }

    /** Most seconds that a picture lies behind the keyframe that it is decoded from. */
    public Rational farthest() {
        return pictures.stream()
                .map(track -> new Rational(track.gap(), track.timescale()))
                .reduce(Rational.ZERO, Rational::max);
    }

    private static Track track(Boxes track, long movieScale) {
        Boxes table = new Boxes(track.need("mdia", "minf", "stbl"));
        long timescale = timescale(track.need("mdia", "mdhd"));
        int[] sizes = sizes(table);
        long[] times = times(table.need("stts"), sizes.length);
        long early = table.find("ctts").map(MovieIndex::earliest).orElse(0L);
        long shift = track.find("edts", "elst")
                .map(edits -> shift(edits, timescale, movieScale))
                .orElse(0L);
        return new Track(timescale, shift - early, gap(table, times), times, ends(table, sizes));
    }

    /** Both headers have it behind two times. */
    static long timescale(ByteBuffer header) {
        long timescale = Integer.toUnsignedLong(header.getInt(header.get(0) == 1 ? 20 : 12));
        if (timescale == 0) {
            throw new MalformedMediaException("a clock that stands still");
        }
        return timescale;
    }

    /** 8.6.6: an edit that is empty comes first, if at all; what is shown is one piece. */
    private static long shift(ByteBuffer edits, long timescale, long movieScale) {
        int entry = edits.get(0) == 1 ? 20 : 12;
        int count = count(edits, 4, 8, entry);
        long waits = 0;
        for (int i = 0; i < count; i++) {
            int at = 8 + i * entry;
            long length = entry == 20 ? edits.getLong(at) : Integer.toUnsignedLong(edits.getInt(at));
            long from = entry == 20 ? edits.getLong(at + 8) : edits.getInt(at + 4);
            if (from >= 0 && i == count - 1) {
                return from - waits * timescale / movieScale;
            } else if (from >= 0 || i > 0) {
                throw new MalformedMediaException("a track of several pieces");
            }
            waits = length;
        }
        return 0;
    }

    private static int[] sizes(Boxes table) {
        ByteBuffer box = table.need("stsz");
        int all = box.getInt(4);
        int count = box.getInt(8);
        if (count <= 0 || count > MOST_SAMPLES) {
            throw new MalformedMediaException("a track of " + Integer.toUnsignedString(count) + " samples");
        }
        int[] sizes = new int[count];
        if (all == 0) {
            count(box, 8, 12, 4);
        }
        for (int i = 0; i < count; i++) {
            sizes[i] = all == 0 ? box.getInt(12 + 4 * i) : all;
            if (sizes[i] < 0) {
                throw new MalformedMediaException("a sample beyond all measure");
            }
        }
        return sizes;
    }

    private static long[] times(ByteBuffer box, int samples) {
        int runs = count(box, 4, 8, 8);
        long[] times = new long[samples];
        int next = 0;
        long time = 0;
        for (int i = 0; i < runs && next < samples; i++) {
            long run = Integer.toUnsignedLong(box.getInt(8 + 8 * i));
            long ticks = Integer.toUnsignedLong(box.getInt(12 + 8 * i));
            for (long j = 0; j < run && next < samples; j++) {
                times[next++] = time;
                time += ticks;
            }
        }
        if (next < samples) {
            throw new MalformedMediaException("samples without a time");
        }
        return times;
    }

    /** 8.6.2: without a table each sample is one that can be begun with. */
    private static long gap(Boxes table, long[] times) {
        ByteBuffer box = table.find("stss").orElse(null);
        if (box == null) {
            return 0;
        }
        long last = times[times.length - 1];
        long before = 0;
        long gap = 0;
        int keys = count(box, 4, 8, 4);
        for (int i = 0; i < keys; i++) {
            int sample = box.getInt(8 + 4 * i) - 1;
            if (sample < 0 || sample >= times.length) {
                throw new MalformedMediaException("a keyframe that is not there");
            }
            gap = Math.max(gap, times[sample] - before);
            before = times[sample];
        }
        return Math.max(gap, last - before);
    }

    /** The most that a picture is shown before its time of decoding, as a negative number of ticks. */
    private static long earliest(ByteBuffer box) {
        int runs = count(box, 4, 8, 8);
        long least = 0;
        for (int i = 0; i < runs; i++) {
            // Writers put signed offsets into version 0 too.
            least = Math.min(least, box.getInt(12 + 8 * i));
        }
        return least;
    }

    private static long[] ends(Boxes table, int[] sizes) {
        long[] chunks = chunks(table);
        ByteBuffer groups = table.need("stsc");
        int runs = count(groups, 4, 8, 12);
        long[] ends = new long[sizes.length];
        int sample = 0;
        long farthest = 0;
        for (int run = 0; run < runs; run++) {
            long first = Integer.toUnsignedLong(groups.getInt(8 + 12 * run)) - 1;
            long last = run + 1 < runs ? Integer.toUnsignedLong(groups.getInt(8 + 12 * (run + 1))) - 1 : chunks.length;
            long each = Integer.toUnsignedLong(groups.getInt(12 + 12 * run));
            for (long chunk = Math.max(0, first); chunk < Math.min(last, chunks.length); chunk++) {
                long at = chunks[(int) chunk];
                for (long i = 0; i < each && sample < sizes.length; i++) {
                    at += sizes[sample];
                    farthest = Math.max(farthest, at);
                    ends[sample++] = farthest;
                }
            }
        }
        if (sample < sizes.length) {
            throw new MalformedMediaException("samples without a place");
        }
        return ends;
    }

    private static long[] chunks(Boxes table) {
        ByteBuffer narrow = table.find("stco").orElse(null);
        ByteBuffer box = narrow == null ? table.need("co64") : narrow;
        int width = narrow == null ? 8 : 4;
        long[] chunks = new long[count(box, 4, 8, width)];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = narrow == null ? box.getLong(8 + 8 * i) : Integer.toUnsignedLong(box.getInt(8 + 4 * i));
        }
        return chunks;
    }

    /** How many entries a table has, all of which are there. */
    static int count(ByteBuffer box, int at, int head, int entry) {
        long count = Integer.toUnsignedLong(box.getInt(at));
        if (count > MOST_SAMPLES || head + count * entry > box.limit()) {
            throw new MalformedMediaException("a table of " + count + " entries in " + box.limit() + " bytes");
        }
        return (int) count;
    }
}
