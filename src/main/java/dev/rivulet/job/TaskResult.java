package dev.rivulet.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a finished task left behind; stored with the task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskResult.ChunkMade.class, name = "chunk"),
    @JsonSubTypes.Type(value = TaskResult.AudioMade.class, name = "audio"),
    @JsonSubTypes.Type(value = TaskResult.MezzanineMade.class, name = "mezzanine"),
    @JsonSubTypes.Type(value = TaskResult.SubtitlesMade.class, name = "subtitles"),
    @JsonSubTypes.Type(value = TaskResult.PosterMade.class, name = "poster")
})
public sealed interface TaskResult {
    /**
     * A stored segment.
     *
     * @param ticks its exact length in the time scale of its track
     * @param bytes its size
     * @param sha256 its digest in hex
     */
    record StoredSegment(long ticks, long bytes, String sha256) {}

    /**
     * The segments of one quality or one sound rendition.
     *
     * @param timescale ticks per second of its track
     * @param initSha256 digest of its initialization segment, equal for all chunks of a quality
     * @param codecs RFC 6381 codec string, from the initialization segment
     * @param segments in order
     */
    record StoredRun(long timescale, String initSha256, String codecs, List<StoredSegment> segments) {
        public StoredRun {
            segments = List.copyOf(segments);
        }
    }

    /**
     * @param frames frames encoded; the last chunk of a video may have fewer than planned
     * @param firstHash digest of the first frame as decoded, at 144 lines
     * @param nextHash digest of the frame after the last one, null when the source ended there
     * @param sequential whether the source was read from beginning to end: then these digests are the truth
     * @param qualities by quality
     */
    record ChunkMade(
            int frames,
            String firstHash,
            @Nullable String nextHash,
            boolean sequential,
            Map<String, StoredRun> qualities)
            implements TaskResult {
        public ChunkMade {
            qualities = Map.copyOf(qualities);
        }
    }

    /**
     * @param silent whether silence stands for sound that could not be decoded
     * @param renditions by folder
     */
    record AudioMade(boolean silent, Map<String, StoredRun> renditions) implements TaskResult {
        public AudioMade {
            renditions = Map.copyOf(renditions);
        }

        /** Both together. */
        public AudioMade and(AudioMade other) {
            Map<String, StoredRun> all = new HashMap<>(renditions);
            all.putAll(other.renditions);
            return new AudioMade(silent || other.silent, all);
        }
    }

    /** @param frames frames of the whole picture, on the video's grid */
    record MezzanineMade(long frames) implements TaskResult {}

    /**
     * A stored subtitle track.
     *
     * @param cues texts that it has; without any there are no files
     * @param segments files of text
     * @param dropped how many times a text was left out of a file because of the limits on sizes
     */
    record StoredText(int cues, int segments, int dropped) {}

    /**
     * @param renditions by folder
     * @param failed why a track could not be read, by folder
     */
    record SubtitlesMade(Map<String, StoredText> renditions, Map<String, String> failed) implements TaskResult {
        public SubtitlesMade {
            renditions = Map.copyOf(renditions);
            failed = Map.copyOf(failed);
        }
    }

    record PosterMade(long bytes) implements TaskResult {}
}
