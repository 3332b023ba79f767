package dev.rivulet.media;

import io.lindstrom.m3u8.model.AlternativeRendition;
import io.lindstrom.m3u8.model.Channels;
import io.lindstrom.m3u8.model.MasterPlaylist;
import io.lindstrom.m3u8.model.MediaPlaylist;
import io.lindstrom.m3u8.model.MediaSegment;
import io.lindstrom.m3u8.model.MediaType;
import io.lindstrom.m3u8.model.PlaylistType;
import io.lindstrom.m3u8.model.SegmentMap;
import io.lindstrom.m3u8.model.StartTimeOffset;
import io.lindstrom.m3u8.model.Variant;
import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the playlists of RFC 8216, through the playlist library. */
public final class Playlists {
    /** Fragmented MP4 without a byte range (RFC 8216, section 7). */
    private static final int VERSION = 7;

    private Playlists() {}

    /** Name of a segment's file. */
    public static String segmentName(int index) {
        return "seg_" + fiveDigits(index) + ".m4s";
    }

    /** Name of a file of subtitles. */
    public static String textName(int index) {
        return "seg_" + fiveDigits(index) + ".vtt";
    }

    /** A format string would take longer than all the rest of a playlist's line. */
    private static String fiveDigits(int index) {
        String digits = Integer.toString(index);
        return "00000".substring(Math.min(5, digits.length())) + digits;
    }

    /**
     * A finished media playlist of subtitles.
     *
     * @param durations exact length of each file in seconds, at least one
     */
    public static String texts(List<Rational> durations) {
        List<MediaSegment> segments = new ArrayList<>();
        Rational longest = Rational.ONE;
        for (int i = 0; i < durations.size(); i++) {
            longest = longest.max(durations.get(i));
            segments.add(MediaSegment.builder()
                    .duration(Double.parseDouble(durations.get(i).toDecimal(6)))
                    .uri(textName(i))
                    .build());
        }
        return new MediaPlaylistParser()
                .writePlaylistAsString(MediaPlaylist.builder()
                        .version(VERSION)
                        .targetDuration((int) longest.round())
                        .playlistType(PlaylistType.VOD)
                        .ongoing(false)
                        .mediaSegments(segments)
                        .build());
    }

    /**
     * A media playlist.
     *
     * @param durations exact length of each segment in seconds, from segment 0 on
     * @param finished VOD with ENDLIST; otherwise EVENT without, to be played from its beginning
     */
    public static String media(List<Rational> durations, int targetDuration, boolean finished) {
        List<MediaSegment> segments = new ArrayList<>();
        Rational before = Rational.ZERO;
        double seconds = 0;
        for (int i = 0; i < durations.size(); i++) {
            // Nearly all are of one length, and dividing takes its time.
            if (!durations.get(i).equals(before)) {
                before = durations.get(i);
                seconds = Double.parseDouble(before.toDecimal(6));
            }
            MediaSegment.Builder segment =
                    MediaSegment.builder().duration(seconds).uri(segmentName(i));
            if (i == 0) {
                segment.segmentMap(SegmentMap.builder().uri("init.mp4").build());
            }
            segments.add(segment.build());
        }
        MediaPlaylist.Builder playlist = MediaPlaylist.builder()
                .version(VERSION)
                .independentSegments(true)
                .targetDuration(targetDuration)
                .playlistType(finished ? PlaylistType.VOD : PlaylistType.EVENT)
                .ongoing(!finished)
                .mediaSegments(segments);
        if (!finished) {
            playlist.startTimeOffset(StartTimeOffset.of(0));
        }
        return new MediaPlaylistParser().writePlaylistAsString(playlist.build());
    }

    /**
     * A variant stream of a multivariant playlist.
     *
     * @param audioGroup GROUP-ID of its sound, or null without sound
     */
    public record VariantStream(
            String uri,
            long bandwidth,
            long averageBandwidth,
            List<String> codecs,
            int width,
            int height,
            Rational frameRate,
            @Nullable String audioGroup) {}

    /**
     * A multivariant playlist.
     *
     * @param variants ascending by bandwidth
     * @param audio the members of all groups that the variants name
     * @param subtitles that go with every variant
     * @param fromStart tells players to begin at 0, for playlists that grow
     */
    public static String multivariant(
            List<VariantStream> variants,
            List<AudioRendition> audio,
            List<SubtitleRendition> subtitles,
            boolean fromStart) {
        MasterPlaylist.Builder playlist =
                MasterPlaylist.builder().version(VERSION).independentSegments(true);
        if (fromStart) {
            playlist.startTimeOffset(StartTimeOffset.of(0));
        }
        for (AudioRendition member : audio) {
            AlternativeRendition.Builder rendition = AlternativeRendition.builder()
                    .type(MediaType.AUDIO)
                    .groupId(member.group())
                    .name(member.name())
                    .defaultRendition(member.preferred())
                    .autoSelect(true)
                    .channels(Channels.of(2))
                    .uri(member.folder() + "/index.m3u8");
            if (member.language() != null) {
                rendition.language(member.language());
            }
            playlist.addAlternativeRenditions(rendition.build());
        }
        subtitles.forEach(member -> playlist.addAlternativeRenditions(rendition(member)));
        for (VariantStream variant : variants) {
            Variant.Builder row = Variant.builder()
                    .uri(variant.uri())
                    .bandwidth(variant.bandwidth())
                    .averageBandwidth(variant.averageBandwidth())
                    .codecs(variant.codecs())
                    .resolution(variant.width(), variant.height())
                    .frameRate(Double.parseDouble(variant.frameRate().toDecimal(3)));
            if (variant.audioGroup() != null) {
                row.audio(variant.audioGroup());
            }
            if (!subtitles.isEmpty()) {
                row.subtitles(SubtitlePlan.GROUP);
            }
            playlist.addVariants(row.build());
        }
        return new MasterPlaylistParser().writePlaylistAsString(playlist.build());
    }

    private static AlternativeRendition rendition(SubtitleRendition member) {
        AlternativeRendition.Builder rendition = AlternativeRendition.builder()
                .type(MediaType.SUBTITLES)
                .groupId(SubtitlePlan.GROUP)
                .name(member.name())
                .defaultRendition(member.preferred())
                .autoSelect(true)
                .forced(member.forced())
                .uri(member.folder() + "/index.m3u8");
        if (member.language() != null) {
            rendition.language(member.language());
        }
        return rendition.build();
    }
}
