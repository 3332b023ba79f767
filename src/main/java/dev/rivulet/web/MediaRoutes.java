package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.MediaFiles.StoredFile;
import dev.rivulet.store.VideoStore;
import dev.rivulet.web.ByteRange.Verdict;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Playlists, segments, poster and MP4 files of videos: ranges, validators, caching, from any origin. */
public final class MediaRoutes implements Operations {
    private static final String FOREVER = "public, max-age=31536000";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final VideoStore videos;
    private final MediaFiles files;
    private final CompletedVideos completed;
    private final Views views;

    /**
     * @param clock says when to look again whether a video is complete
     * @param views told of whoever begins to watch
     */
    public MediaRoutes(VideoStore videos, MediaFiles files, InstantSource clock, Views views) {
        this.videos = videos;
        this.files = files;
        this.completed = new CompletedVideos(videos, clock);
        this.views = views;
    }

    /** Names are checked by {@link MediaName}, so that no segment waits for the schema checker's threads. */
    @Override
    public void mount(RouterBuilder builder) {
        for (String operation : List.of("getMedia", "headMedia", "getMediaInFolder", "headMediaInFolder")) {
            builder.getRoute(operation).setDoValidation(false).addHandler(this::serve);
        }
        for (String operation : List.of("mediaOptions", "mediaInFolderOptions")) {
            builder.getRoute(operation).setDoValidation(false).addHandler(MediaRoutes::preflight);
        }
    }

    private static void preflight(RoutingContext context) {
        allowEveryOrigin(context.response())
                .putHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .putHeader("Access-Control-Allow-Headers", "Range, If-None-Match, If-Range, If-Modified-Since")
                .putHeader("Access-Control-Max-Age", "86400")
                .putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS")
                .setStatusCode(204)
                .end()
                .onFailure(Answer::gone);
    }

    private void serve(RoutingContext context) {
        allowEveryOrigin(context.response());
        VideoId id = PathId.of(context);
        String folder = context.pathParam("folder");
        String file = context.pathParam("file");
        MediaName name =
                MediaName.of(folder == null ? file : folder + "/" + file).orElseThrow(MediaRoutes::notFound);
        files.find(id, name.text())
                .map(found -> found.orElseThrow(MediaRoutes::notFound))
                .onSuccess(found -> {
                    if (name.beginsWatching() && context.request().method().equals(HttpMethod.GET)) {
                        views.asked(id, context.request());
                    }
                })
                .compose(found -> cacheControl(id, name).compose(caching -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, caching);
                    return prepared(context, id, name).compose(ready -> send(context, id, name, found));
                }))
                .onFailure(context::fail);
    }

    private Future<String> cacheControl(VideoId id, MediaName name) {
        return name.playlist()
                ? completed.contains(id).map(complete -> complete ? FOREVER : "no-cache")
                : Future.succeededFuture(FOREVER + ", immutable");
    }

    private Future<Void> prepared(RoutingContext context, VideoId id, MediaName name) {
        if (!name.isMp4() || context.request().getParam("download") == null) {
            return Future.succeededFuture();
        }
        return videos.find(id).map(video -> {
            String file =
                    name.downloadName(video.orElseThrow(MediaRoutes::notFound).title());
            context.response().putHeader("Content-Disposition", attachment(file));
            return null;
        });
    }

    private Future<Void> send(RoutingContext context, VideoId id, MediaName name, StoredFile file) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, name.contentType())
                .putHeader(HttpHeaders.LAST_MODIFIED, HTTP_DATE.format(file.modified()))
                .putHeader("X-Content-Type-Options", "nosniff");
        String tag = EntityTag.of(file);
        boolean compress = name.playlist() && Answer.compresses(request, file.size());
        response.putHeader(HttpHeaders.ETAG, compress ? EntityTag.weak(tag) : tag);
        if (unchanged(request, file, tag)) {
            return response.setStatusCode(304).end();
        }
        return name.playlist() ? sendPlaylist(context, id, name) : sendBytes(request, file, tag);
    }

    /** Read whole, because a playlist may be replaced by a longer one while it is sent. */
    private Future<Void> sendPlaylist(RoutingContext context, VideoId id, MediaName name) {
        return files.read(id, name.text())
                .onSuccess(text -> Answer.text(context, name.contentType(), text))
                .mapEmpty();
    }

    private static Future<Void> sendBytes(HttpServerRequest request, StoredFile file, String tag) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        String header = rangeApplies(request, file, tag) ? request.getHeader("Range") : null;
        ByteRange.Choice choice = ByteRange.of(header, file.size());
        if (choice.verdict() == Verdict.UNSATISFIABLE) {
            response.putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size());
            return Future.failedFuture(
                    new Fault(416, "range_not_satisfiable", "The file has only " + file.size() + " bytes."));
        }
        ByteRange range = choice.range() == null ? new ByteRange(0, file.size()) : choice.range();
        if (choice.verdict() == Verdict.PART) {
            response.setStatusCode(206).putHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(file.size()));
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
            return response.end();
        }
        if (response.closed()) {
            // The viewer has left; sendFile of Vert.x 5.0 then throws instead of failing its future.
            return Future.succeededFuture();
        }
        return response.sendFile(file.path().toString(), range.start(), range.length())
                .recover(failure -> response.headWritten() || response.closed()
                        ? clientGone(failure)
                        : Future.failedFuture(notFound()));
    }

    private static Future<Void> clientGone(Throwable failure) {
        Answer.gone(failure);
        return Future.succeededFuture();
    }

    /** RFC 9110, 13.2.2: If-None-Match wins over If-Modified-Since. */
    private static boolean unchanged(HttpServerRequest request, StoredFile file, String tag) {
        String noneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (noneMatch != null) {
            return EntityTag.matches(noneMatch, tag);
        }
        Instant since = date(request.getHeader(HttpHeaders.IF_MODIFIED_SINCE));
        return since != null && !seconds(file).isAfter(since);
    }

    /** If-Range: a part is only of use when the client's other parts are of the same file. */
    private static boolean rangeApplies(HttpServerRequest request, StoredFile file, String tag) {
        String condition = request.getHeader("If-Range");
        if (condition == null || condition.equals(tag)) {
            return true;
        }
        Instant date = date(condition);
        return date != null && date.equals(seconds(file));
    }

    private static Instant seconds(StoredFile file) {
        return file.modified().truncatedTo(ChronoUnit.SECONDS);
    }

    private static @Nullable Instant date(@Nullable String text) {
        try {
            return text == null ? null : Instant.from(HTTP_DATE.parse(text));
        } catch (java.time.DateTimeException notADate) {
            return null;
        }
    }

    /** RFC 6266 with the extended notation of RFC 8187, and a plain name for clients that do not know it. */
    static String attachment(String file) {
        String plain = file.replaceAll("[^\\x20-\\x7e]", "_").replaceAll("[\"\\\\]", "_");
        String extended = URLEncoder.encode(file, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + extended;
    }

    private static HttpServerResponse allowEveryOrigin(HttpServerResponse response) {
        return response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader(
                        "Access-Control-Expose-Headers",
                        "Content-Length, Content-Range, Accept-Ranges, ETag, Last-Modified")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private static Fault notFound() {
        return new Fault(404, "media_not_found", "There is no such file, or not yet.");
    }
}
