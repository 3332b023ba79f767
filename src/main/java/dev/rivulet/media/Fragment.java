package dev.rivulet.media;

import java.nio.ByteBuffer;

/**
 * The timing of a fMP4 media segment of one track: of one or more fragments (ISO/IEC 14496-12, 8.8).
 *
 * @param decodeTime baseMediaDecodeTime of its first fragment, in ticks
 * @param ticks length of all samples, in ticks
 * @param samples number of samples
 * @param startsWithSync whether its first sample is a sync sample
 */
public record Fragment(long decodeTime, long ticks, int samples, boolean startsWithSync) {
    private static final int NON_SYNC = 0x10000;

    /** @throws MalformedMediaException when it is not a media segment, or has a gap inside */
    public static Fragment parse(byte[] file, InitSegment init) {
        try {
            return parse(Boxes.of(file), init);
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedMediaException("a box is too short: " + e.getMessage());
        }
    }

    private static Fragment parse(Boxes boxes, InitSegment init) {
        Fragment whole = null;
        boolean data = true;
        for (Boxes.Box box : boxes.all()) {
            data |= box.type().equals("mdat");
            if (box.type().equals("moof")) {
                data = false;
                Fragment next = fragment(new Boxes(box.content()), init);
                if (whole == null) {
                    whole = next;
                } else if (whole.decodeTime + whole.ticks != next.decodeTime) {
                    throw new MalformedMediaException("a gap inside, at " + next.decodeTime);
                } else {
                    whole = new Fragment(
                            whole.decodeTime,
                            whole.ticks + next.ticks,
                            whole.samples + next.samples,
                            whole.startsWithSync);
                }
            }
        }
        if (whole == null || !data) {
            throw new MalformedMediaException("no fragment, or one without data");
        }
        return whole;
    }

    private static Fragment fragment(Boxes moof, InitSegment init) {
        ByteBuffer header = moof.need("traf", "tfhd");
        int given = header.getInt(0);
        int at = 8;
        at += (given & 0x1) != 0 ? 8 : 0;
        at += (given & 0x2) != 0 ? 4 : 0;
        int duration = (given & 0x8) != 0 ? header.getInt(at) : init.defaultDuration();
        at += (given & 0x8) != 0 ? 4 : 0;
        at += (given & 0x10) != 0 ? 4 : 0;
        int flags = (given & 0x20) != 0 ? header.getInt(at) : init.defaultFlags();
        ByteBuffer time = moof.need("traf", "tfdt");
        long decodeTime = time.get(0) == 1 ? time.getLong(4) : Integer.toUnsignedLong(time.getInt(4));
        long ticks = 0;
        int samples = 0;
        boolean sync = true;
        for (Boxes.Box box : new Boxes(moof.need("traf")).all()) {
            if (box.type().equals("trun")) {
                Run run = Run.of(box.content(), duration, flags);
                sync = samples == 0 ? (run.firstFlags & NON_SYNC) == 0 : sync;
                ticks += run.ticks;
                samples += run.samples;
            }
        }
        return new Fragment(decodeTime, ticks, samples, sync);
    }

    /** Samples that follow each other. */
    record Run(long ticks, int samples, int firstFlags) {
        static Run of(ByteBuffer run, int duration, int flags) {
            int given = run.getInt(0) & 0xffffff;
            int samples = run.getInt(4);
            int at = 8 + ((given & 0x1) != 0 ? 4 : 0);
            int first = flags;
            if ((given & 0x4) != 0) {
                first = run.getInt(at);
                at += 4;
            }
            int flagsAt = at + ((given & 0x100) != 0 ? 4 : 0) + ((given & 0x200) != 0 ? 4 : 0);
            if ((given & 0x400) != 0 && (given & 0x4) == 0 && samples > 0) {
                first = run.getInt(flagsAt);
            }
            int stride = Integer.bitCount(given & 0xf00) * 4;
            if (samples < 0 || at + (long) samples * stride > run.limit()) {
                throw new MalformedMediaException(
                        Integer.toUnsignedString(samples) + " samples in " + run.limit() + " bytes");
            }
            long ticks = (given & 0x100) != 0 ? 0 : (long) samples * duration;
            for (int i = 0; (given & 0x100) != 0 && i < samples; i++) {
                ticks += Integer.toUnsignedLong(run.getInt(at + i * stride));
            }
            return new Run(ticks, samples, first);
        }
    }
}
