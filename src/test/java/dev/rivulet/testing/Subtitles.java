package dev.rivulet.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Subtitles as ffmpeg reads them, from a source and from what was published of it. */
public final class Subtitles {
    private static final Pattern TIMES =
            Pattern.compile("(\\d+):(\\d\\d):(\\d\\d),(\\d{3}) --> (\\d+):(\\d\\d):(\\d\\d),(\\d{3})");

    private Subtitles() {}

    /** A text without its tags, with the milliseconds of the presentation between which it is shown. */
    public record Shown(long start, long end, String text) {}

    /** What a track of a source should become: times from the first picture on, nothing beyond {@code length} ms. */
    public static List<Shown> ofSource(Path source, int track, long length) {
        MadeMedia.Output start = MadeMedia.run(List.of(
                MadeMedia.ffmpegPath().replaceFirst("ffmpeg$", "ffprobe"),
                "-v",
                "quiet",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=start_time",
                "-of",
                "csv=p=0",
                source.toString()));
        long origin = Math.round(Double.parseDouble(start.text().strip().replace(",", "")) * 1000);
        return read("-copyts", source.toString(), track).stream()
                .map(cue ->
                        new Shown(Math.max(0, cue.start() - origin), Math.min(length, cue.end() - origin), cue.text()))
                .filter(cue -> cue.end() > cue.start())
                .toList();
    }

    /**
     * What a player finds in a track of a published video. By its own playlist: ffmpeg drops the first texts of one that
     * it finds through a master playlist.
     */
    public static List<Shown> published(Site server, String id, int track) {
        String playlist =
                server.uri("/media/" + id + "/subs-" + track + "/index.m3u8").toString();
        return read("-nostdin", playlist, 0);
    }

    private static List<Shown> read(String option, String input, int track) {
        MadeMedia.Output output = MadeMedia.run(List.of(
                MadeMedia.ffmpegPath(),
                "-v",
                "quiet",
                option,
                "-i",
                input,
                "-map",
                "0:s:" + track,
                "-c:s",
                "srt",
                "-f",
                "srt",
                "-"));
        List<Shown> shown = new ArrayList<>();
        // A text may have blank lines; a number and a line of times begin the next one.
        for (String block : output.text().split("(?m)^\\d+\\R(?=\\d+:\\d\\d:\\d\\d,\\d{3} --> )")) {
            Matcher times = TIMES.matcher(block);
            if (times.find()) {
                String text = block.substring(times.end()).replaceAll("</?[a-z][^>]*>", "");
                List<String> lines = text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
                shown.add(new Shown(time(times, 1), time(times, 5), String.join("\n", lines)));
            }
        }
        return shown.stream()
                .distinct()
                .sorted(Comparator.comparing(Shown::start).thenComparing(Shown::end))
                .toList();
    }

    private static long time(Matcher times, int group) {
        long hours = Long.parseLong(times.group(group));
        long minutes = Long.parseLong(times.group(group + 1));
        long seconds = Long.parseLong(times.group(group + 2));
        return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Long.parseLong(times.group(group + 3));
    }
}
