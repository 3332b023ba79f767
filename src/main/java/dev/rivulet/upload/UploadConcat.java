package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.ResumableUpload.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an upload is to others (tus, concatenation).
 *
 * @param parts of a final one, in order; else empty
 */
record UploadConcat(Kind kind, List<VideoId> parts) {
    /** Relative or absolute; of the address only the path counts, for a proxy may have another. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]+)?(?:/[^?#]*)?/uploads/([0-9a-f-]{36})");

    /** @throws Fault when the header is none */
    static UploadConcat parse(@Nullable String header) {
        String text = header == null ? "" : header.strip();
        if (header == null) {
            return new UploadConcat(Kind.WHOLE, List.of());
        } else if (text.equals("partial")) {
            return new UploadConcat(Kind.PARTIAL, List.of());
        } else if (text.startsWith("final;")) {
            List<VideoId> parts = Arrays.stream(
                            text.substring("final;".length()).strip().split("\\s+"))
                    .map(UploadConcat::part)
                    .toList();
            if (new HashSet<>(parts).size() < parts.size()) {
                throw TusFaults.badConcat("A part may be named once only.");
            }
            return new UploadConcat(Kind.FINAL, parts);
        }
        throw TusFaults.badConcat("Upload-Concat must be partial, or final; with the addresses of the parts.");
    }

    /** As the header was, with addresses of ours; null when there was none. */
    static @Nullable String header(Kind kind, List<VideoId> parts) {
        return switch (kind) {
            case WHOLE -> null;
            case PARTIAL -> "partial";
            case FINAL -> parts.stream().map(part -> "/uploads/" + part).collect(Collectors.joining(" ", "final;", ""));
        };
    }

    private static VideoId part(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw TusFaults.badConcat("Upload-Concat names a part that is no address of an upload.");
        }
        return VideoId.parse(matcher.group(1)).orElseThrow(TusFaults::unknown);
    }
}
