package dev.rivulet.testing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Videos of which bytes still arrive, and what is made of them. */
public final class EarlyVideos {
    /** Length of a {@link #phone} clip. */
    public static final int SECONDS = 60;

    private EarlyVideos() {}

    /** As telephones record: H.264 with B-frames, a keyframe each second, AAC; the index behind the media without flags. */
    public static Path phone(Path file, String flags) {
        return phone(file, "640x360", flags);
    }

    /** The same in another size. */
    public static Path phone(Path file, String size, String flags) {
        return phone(file, size, flags, SECONDS);
    }

    /** The same in another size and of another length. */
    public static Path phone(Path file, String size, String flags, int seconds) {
        Stream<String> words =
                Stream.of("-c:v libx264 -preset ultrafast -bf 2 -g 30 -b:v 1500k -pix_fmt yuv420p -c:a aac".split(" "));
        Stream<String> more = flags.isEmpty() ? Stream.of() : Stream.of("-movflags", flags);
        return Files.exists(file)
                ? file
                : MadeMedia.clip(
                        file, size, "30", seconds, Stream.concat(words, more).toArray(String[]::new));
    }

    /** Waits until more than so many segments of 144p can be watched. */
    public static void grows(Site site, String id, int segments) {
        Futures.until(() -> Future.succeededFuture(
                Presentation.text(site, id, "144p/index.m3u8").split("#EXTINF").length > segments));
    }

    /** Finished chunks of a quality. */
    public static List<Integer> chunks(Site site, String id, String quality) {
        return site
                .video(id)
                .getJsonObject("metadata")
                .getJsonObject("qualities")
                .getJsonObject(quality)
                .getJsonArray("completedChunks")
                .stream()
                .map(Integer.class::cast)
                .toList();
    }

    /** The tasks of the manifest. */
    public static Stream<JsonObject> tasks(Site site, String id) {
        return site.manifest(id).getJsonArray("tasks", new JsonArray()).stream().map(JsonObject.class::cast);
    }

    /** Tasks of which an attempt failed. */
    public static List<JsonObject> failedAttempts(Site site, String id) {
        return tasks(site, id)
                .filter(task -> !task.getJsonArray("attempts", new JsonArray()).isEmpty())
                .toList();
    }

    /** The status of an answer to a POST without a body. */
    public static int post(Site site, String path) {
        return site.send(HttpRequest.newBuilder(site.uri(path))
                        .POST(BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    /** Waits until no file bears one of these names, and no task has a folder. */
    public static void nothingIsLeft(Path data, String... names) {
        Futures.until(() -> Future.succeededFuture(left(data, List.of(names)).isEmpty()));
    }

    private static List<Path> left(Path data, List<String> names) {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(path -> names.stream().anyMatch(path.toString()::contains)
                            || path.getParent().endsWith("work/tasks"))
                    .toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of(data);
        }
    }
}
