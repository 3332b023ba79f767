package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The pages and what they load. */
public final class PageRoutes implements Routes {
    /** hls.js gives every track of captions an empty {@code data:} file, which is a medium in the policy's words. */
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: data:; "
                    + "style-src 'self' 'unsafe-inline'; script-src 'self'; worker-src 'self' blob:; "
                    + "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'";

    private final Assets assets;
    private final VideoStore videos;
    private final MediaFiles files;

    /**
     * Pages from the class path.
     *
     * @param videos says what their titles are
     * @param files says which videos have a poster
     */
    public PageRoutes(Vertx vertx, VideoStore videos, MediaFiles files) {
        this.assets = new Assets(vertx);
        this.videos = videos;
        this.files = files;
    }

    @Override
    public void mount(Router router) {
        page(router, "/", context -> send(context, "index.html", true));
        page(router, "/admin", context -> send(context, "admin.html", true));
        page(router, "/docs", context -> send(context, "docs.html", true));
        page(router, "/watch/:id", context -> ofVideo(context, "watch.html", true));
        page(router, "/embed/:id", context -> ofVideo(context, "embed.html", false));
        page(router, "/favicon.ico", context -> send(context, "img/logo.svg", true));
        page(
                router,
                "/assets/*",
                context -> send(context, context.normalizedPath().substring("/assets/".length()), true));
        router.route().failureHandler(this::lost);
    }

    private static void page(Router router, String path, Handler<RoutingContext> handler) {
        router.route(HttpMethod.GET, path).handler(handler);
        router.route(HttpMethod.HEAD, path).handler(handler);
        router.route(path).handler(context -> ApiDescription.refuseMethod(context, "GET, HEAD"));
    }

    private void ofVideo(RoutingContext context, String page, boolean framedByUsOnly) {
        VideoId id = VideoId.parse(context.pathParam("id")).orElseThrow(PageRoutes::notFound);
        files.find(id, MediaName.POSTER)
                .map(Optional::isPresent)
                .otherwise(false)
                .onSuccess(poster -> videos.outline(id)
                        // Without it the page says what is wrong.
                        .otherwise(Optional.empty())
                        .onSuccess(video -> ofVideo(context, page, framedByUsOnly, video, poster)));
    }

    private void ofVideo(
            RoutingContext context, String page, boolean framedByUsOnly, Optional<Video> video, boolean poster) {
        // Told with the page, the picture comes beside the scripts and not after them (RFC 8288; HTML, "preload").
        if (poster) {
            String picture = "<%s>; rel=preload; as=image; fetchpriority=high"
                    .formatted(VideoUrls.poster(
                            VideoId.parse(context.pathParam("id")).orElseThrow(PageRoutes::notFound)));
            context.response().putHeader("Link", picture);
        }
        if (video.isEmpty()) {
            send(context, page, framedByUsOnly);
            return;
        }
        protect(context, framedByUsOnly);
        assets.send(context, page, html -> VideoPage.of(html, video.get(), poster))
                .onFailure(context::fail);
    }

    private void send(RoutingContext context, String name, boolean framedByUsOnly) {
        protect(context, framedByUsOnly);
        assets.send(context, name).onFailure(context::fail).onSuccess(sent -> {
            if (!sent) {
                context.fail(notFound());
            }
        });
    }

    private static void protect(RoutingContext context, boolean framedByUsOnly) {
        context.response()
                .putHeader("Content-Security-Policy", framedByUsOnly ? POLICY + "; frame-ancestors 'self'" : POLICY)
                .putHeader("Referrer-Policy", "strict-origin-when-cross-origin");
    }

    /** A browser that looks for a page gets one; everybody else goes on to the problem. */
    private void lost(RoutingContext context) {
        boolean nothingHere = ProblemHandler.problem(context.failure(), context.statusCode())
                .code()
                .equals("not_found");
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT);
        if (!nothingHere
                || accepted == null
                || !accepted.contains("text/html")
                || context.response().headWritten()) {
            context.next();
            return;
        }
        protect(context, true);
        context.response().setStatusCode(404);
        assets.send(context, "404.html").onComplete(sent -> {
            if (sent.failed() || !sent.result()) {
                context.next();
            }
        });
    }

    private static Fault notFound() {
        return new Fault(404, "not_found", "There is nothing at this address.");
    }
}
