package dev.rivulet.media;

import java.nio.ByteBuffer;

/**
 * What a player learns from a Media Initialization Section (RFC 8216, 3.3) of one track.
 *
 * @param timescale ticks per second
 * @param codecs codec string (RFC 6381; ISO/IEC 14496-15, annex E)
 * @param defaultDuration ticks of a sample where a fragment does not say
 * @param defaultFlags flags of a sample where a fragment does not say
 */
public record InitSegment(long timescale, String codecs, int defaultDuration, int defaultFlags) {
    private static final int VISUAL_ENTRY = 78;
    private static final int AUDIO_ENTRY = 28;

    /** @throws MalformedMediaException when it is not an initialization segment of AVC video or AAC sound */
    public static InitSegment parse(byte[] file) {
        try {
            return parse(Boxes.of(file));
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedMediaException("a box is too short: " + e.getMessage());
        }
    }

    private static InitSegment parse(Boxes boxes) {
        ByteBuffer header = boxes.need("moov", "trak", "mdia", "mdhd");
        long timescale = Integer.toUnsignedLong(header.getInt(header.get(0) == 1 ? 20 : 12));
        if (timescale == 0) {
            throw new MalformedMediaException("no ticks in a second");
        }
        ByteBuffer extends_ = boxes.need("moov", "mvex", "trex");
        return new InitSegment(timescale, codecs(boxes), extends_.getInt(12), extends_.getInt(20));
    }

    private static String codecs(Boxes boxes) {
        ByteBuffer entries = boxes.need("moov", "trak", "mdia", "minf", "stbl", "stsd");
        Boxes.Box entry = new Boxes(entries.slice(8, entries.limit() - 8)).all().get(0);
        ByteBuffer content = entry.content();
        return switch (entry.type()) {
            case "avc1" -> avc(new Boxes(content.slice(VISUAL_ENTRY, content.limit() - VISUAL_ENTRY)).need("avcC"));
            case "mp4a" -> aac(new Boxes(content.slice(AUDIO_ENTRY, content.limit() - AUDIO_ENTRY)).need("esds"));
            default -> throw new MalformedMediaException("sample entry " + entry.type());
        };
    }

    private static String avc(ByteBuffer config) {
        return String.format("avc1.%02x%02x%02x", config.get(1), config.get(2), config.get(3));
    }

    private static String aac(ByteBuffer esds) {
        // ISO/IEC 14496-1, 7.2.6: descriptors nest ES (3), DecoderConfig (4), DecoderSpecificInfo (5).
        int at = 4;
        while (at < esds.limit()) {
            int tag = esds.get(at++);
            while ((esds.get(at++) & 0x80) != 0) {
                // The length may take up to four bytes, of which only the last one has its top bit clear.
            }
            switch (tag) {
                case 3 -> at += 3;
                case 4 -> at += 13;
                case 5 -> {
                    return "mp4a.40." + ((esds.get(at) & 0xff) >> 3);
                }
                default -> throw new MalformedMediaException("descriptor " + tag + " in esds");
            }
        }
        throw new MalformedMediaException("no decoder specific information in esds");
    }
}
