package dev.rivulet.ffmpeg;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Objects;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * What ffprobe said of a file: as the wrapper library reads it, and the rest that it passes over.
 *
 * @param result the library's view
 * @param json all of it
 */
public record ProbedFile(FFmpegProbeResult result, String json) {
    /** Fields of a stream that the library does not know; those that were not printed are null or 0. */
    static final class Stream {
        int index;

        @Nullable
        String field_order;

        @Nullable
        List<@Nullable SideData> side_data_list;

        String fieldOrder() {
            return Objects.requireNonNullElse(field_order, "");
        }

        List<SideData> sideData() {
            return side_data_list == null
                    ? List.of()
                    : side_data_list.stream().filter(Objects::nonNull).toList();
        }
    }

    /** One record of what a container says of a picture. */
    static final class SideData {
        @Nullable
        String side_data_type;

        int dv_profile;

        @Nullable
        Integer dv_bl_signal_compatibility_id;

        int crop_top;
        int crop_bottom;
        int crop_left;
        int crop_right;
    }

    private static final class Streams {
        @Nullable
        List<@Nullable Stream> streams;
    }

    /**
     * The stream of this index; an empty one when it was not printed.
     *
     * @throws JsonParseException when ffprobe printed something else
     */
    Stream stream(int index) {
        Streams all = new Gson().fromJson(json, Streams.class);
        List<@Nullable Stream> streams = all == null || all.streams == null ? List.of() : all.streams;
        return streams.stream()
                .filter(Objects::nonNull)
                .filter(stream -> stream.index == index)
                .findFirst()
                .orElseGet(Stream::new);
    }
}
