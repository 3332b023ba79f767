package dev.rivulet.ffmpeg;

import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.IgnoredStream;
import dev.rivulet.media.SideStreams;
import dev.rivulet.media.SubtitleTrack;
import dev.rivulet.media.VideoTrack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.bramp.ffmpeg.probe.FFmpegStream;
import net.bramp.ffmpeg.shared.CodecType;
import org.jspecify.annotations.Nullable;

/** Reads what a file holds beside the picture and the sound: subtitles, and what nothing is made of. */
final class SideReader {
    /** Subtitles that ffmpeg decodes to text; captions of CEA-608 only where they are a track of their own. */
    private static final Set<String> TEXT =
            Set.of("subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "text", "eia_608");

    private SideReader() {}

    /** @param video the picture and {@code audio} the sound that are used */
    static SideStreams read(List<FFmpegStream> streams, VideoTrack video, List<AudioTrack> audio) {
        Set<Integer> used = new HashSet<>(Set.of(video.index()));
        audio.forEach(track -> used.add(track.index()));
        List<SubtitleTrack> subtitles = new ArrayList<>();
        List<IgnoredStream> ignored = new ArrayList<>();
        for (FFmpegStream stream : streams) {
            if (used.contains(stream.index)) {
                continue;
            }
            if (stream.codec_type == CodecType.SUBTITLE && TEXT.contains(String.valueOf(stream.codec_name))) {
                subtitles.add(subtitle(stream));
            } else {
                String codec = Objects.requireNonNullElse(stream.codec_name, "unknown");
                ignored.add(new IgnoredStream(stream.index, codec, reason(stream)));
            }
        }
        return SideStreams.of(subtitles, ignored);
    }

    /** The language that a stream is tagged with, when it looks like one (RFC 5646). */
    static @Nullable String language(Map<String, String> tags) {
        String language = tags.get("language");
        return language == null || language.equals("und") || !language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}")
                ? null
                : language;
    }

    private static SubtitleTrack subtitle(FFmpegStream stream) {
        Map<String, String> tags = stream.tags == null ? Map.of() : stream.tags;
        return new SubtitleTrack(
                stream.index,
                stream.codec_name,
                language(tags),
                tags.get("title"),
                stream.disposition != null && stream.disposition.isDefault(),
                stream.disposition != null && stream.disposition.isForced());
    }

    private static String reason(FFmpegStream stream) {
        if (stream.codec_type == null) {
            return "of no known kind";
        }
        return switch (stream.codec_type) {
            case VIDEO ->
                stream.disposition != null && stream.disposition.isAttachedPic() ? "a cover" : "not the main picture";
            case AUDIO -> "sound that cannot be read here";
            case SUBTITLE -> "subtitles that are no text";
            case DATA -> "data";
            case ATTACHMENT -> "an attachment";
        };
    }
}
