package dev.rivulet.media;

import org.jspecify.annotations.Nullable;

/**
 * One bitrate of one sound track, as it will be published.
 *
 * @param group GROUP-ID, such as {@code audio-64k}
 * @param folder its folder, {@code audio-64k} for the first track, {@code audio-64k-1} for the second
 * @param stream index of the source's stream
 * @param kbit bitrate in kbit/s
 * @param sampleRate samples per second of the result
 * @param copied taken over without encoding
 * @param name NAME of the member, unique within a group
 * @param language LANGUAGE, when known
 * @param preferred DEFAULT=YES
 */
public record AudioRendition(
        String group,
        String folder,
        int stream,
        int kbit,
        int sampleRate,
        boolean copied,
        String name,
        @Nullable String language,
        boolean preferred) {

    /** The same, taken over without encoding. */
    AudioRendition taken() {
        return new AudioRendition(group, folder, stream, kbit, sampleRate, true, name, language, preferred);
    }
}
