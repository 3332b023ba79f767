package dev.rivulet.upload.link;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.VideoError;
import dev.rivulet.store.PendingImport.Arrived;
import dev.rivulet.store.Validator;
import dev.rivulet.upload.link.Judgement.FromStart;
import dev.rivulet.upload.link.Judgement.Later;
import dev.rivulet.upload.link.Judgement.Moved;
import dev.rivulet.upload.link.Judgement.Never;
import dev.rivulet.upload.link.Judgement.Take;
import dev.rivulet.upload.link.Judgement.Whole;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the heads of answers (RFC 9110). Trusts nothing that they say of the bytes that we have. */
public final class AnswerRules {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(?:(\\d{1,18})|\\*)");

    private AnswerRules() {}

    /** Header fields by name. */
    @FunctionalInterface
    public interface Headers {
        /** The first value, null when there is none. */
        @Nullable
        String get(String name);
    }

    /** What has to be proven for a range, null when everything has to be asked for. */
    public static @Nullable String condition(Arrived have) {
        return have.bytes() == 0 ? null : have.validator().condition();
    }

    /**
     * What an answer means.
     *
     * @param asked whom it is from
     * @param have what we have; a range was asked for when it has a {@linkplain #condition condition}
     */
    public static Judgement judge(Link asked, Arrived have, int status, Headers headers) {
        boolean ranged = condition(have) != null;
        if (status == 200 || status == 206) {
            if (!plain(headers.get("content-encoding"))) {
                return unusable("The other server sends the file packed, though it was asked not to.");
            }
            return status == 200 ? whole(headers) : ranged ? rest(have, headers) : unusable("Nobody asked for a part.");
        } else if (REDIRECTS.contains(status)) {
            return Optional.ofNullable(headers.get("location"))
                    .flatMap(asked::resolve)
                    .<Judgement>map(Moved::new)
                    .orElseGet(() -> unusable("The other server redirects to where nothing can be fetched."));
        } else if (status == 416 && ranged) {
            return atTheEnd(have, headers) ? new Whole() : new FromStart();
        } else if (status >= 500 || PASSING.contains(status)) {
            return new Later("The other server answers with " + status + ".");
        }
        return status >= 400
                ? new Never(new VideoError(
                        ErrorCode.LINK_REFUSED, "The server behind the link answers with " + status + "."))
                : unusable("The server behind the link answers with " + status + ".");
    }

    /** A link that cannot be used, in words that may be shown to anybody. */
    public static Never unusable(String why) {
        return new Never(new VideoError(ErrorCode.LINK_UNUSABLE, why));
    }

    private static Judgement whole(Headers headers) {
        String length = headers.get("content-length");
        long size = length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
        return new Take(new Arrived(0, size, validator(headers)));
    }

    /** A part, if it is the one that was asked for, of the same file. */
    private static Judgement rest(Arrived have, Headers headers) {
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(headers.get("content-range")));
        if (!range.matches() || range.group(1) == null || Long.parseLong(range.group(1)) != have.bytes()) {
            return new FromStart();
        }
        long size = range.group(3) == null ? have.size() : Long.parseLong(range.group(3));
        boolean toTheEnd = size < 0 || Long.parseLong(range.group(2)) == size - 1;
        boolean same = (have.size() < 0 || have.size() == size) && unchanged(have.validator(), headers);
        return same && toTheEnd ? new Take(new Arrived(have.bytes(), size, have.validator())) : new FromStart();
    }

    /** RFC 9110, 15.5.17: the range begins behind the end, which says how long the file is. */
    private static boolean atTheEnd(Arrived have, Headers headers) {
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(headers.get("content-range")));
        return range.matches()
                && range.group(3) != null
                && Long.parseLong(range.group(3)) == have.bytes()
                && unchanged(have.validator(), headers);
    }

    /** A server that ignores If-Range is found out here; a part has to have the tag (RFC 9110, 15.3.7), not the date. */
    private static boolean unchanged(Validator had, Headers headers) {
        String etag = headers.get("etag");
        String modified = headers.get("last-modified");
        return had.etag() != null ? had.etag().equals(etag) : modified == null || modified.equals(had.lastModified());
    }

    private static Validator validator(Headers headers) {
        String etag = headers.get("etag");
        String modified = headers.get("last-modified");
        return new Validator(
                etag != null && etag.matches("\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"") ? etag : null,
                modified != null && settled(modified, headers.get("date")) ? modified : null);
    }

    /** RFC 9110, 8.8.2.2: a file that was changed in the very second of the answer may change again within it. */
    private static boolean settled(String modified, @Nullable String date) {
        try {
            ZonedDateTime then = ZonedDateTime.parse(modified, DateTimeFormatter.RFC_1123_DATE_TIME);
            return date != null
                    && Duration.between(then, ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                                    .compareTo(Duration.ofSeconds(1))
                            >= 0;
        } catch (DateTimeParseException noDate) {
            return false;
        }
    }

    private static boolean plain(@Nullable String encoding) {
        return encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity");
    }
}
