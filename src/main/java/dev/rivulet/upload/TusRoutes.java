package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.web.Operations;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resumable uploads by the protocol tus. Bodies are never held: neither by a body handler nor by the schema checker. */
public final class TusRoutes implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(TusRoutes.class);
    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination,concatenation,"
                    + "concatenation-unfinished";
    /** RFC 9110, 5.6.7; the formatter that Java has leaves out the zero of a day. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final TusUploads uploads;

    /** @param uploads those of this node */
    public TusRoutes(TusUploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public void mount(RouterBuilder builder) {
        for (String operation : List.of("createUpload", "uploadOptions")) {
            builder.getRoute(operation).setDoValidation(false).addHandler(this::all);
        }
        for (String operation :
                List.of("headUpload", "patchUpload", "deleteUpload", "oneUploadOptions", "overrideUpload")) {
            builder.getRoute(operation).setDoValidation(false).addHandler(this::one);
        }
    }

    private void all(RoutingContext context) {
        switch (begin(context)) {
            case "OPTIONS" -> options(context);
            case "POST" -> create(context, checked(context));
            default -> throw notAllowed(context, "OPTIONS, POST");
        }
    }

    private void one(RoutingContext context) {
        switch (begin(context)) {
            case "OPTIONS" -> options(context);
            case "HEAD" -> {
                checked(context);
                head(context);
            }
            case "PATCH" -> patch(context, checked(context));
            case "DELETE" -> {
                checked(context);
                delete(context);
            }
            default -> throw notAllowed(context, "DELETE, HEAD, OPTIONS, PATCH");
        }
    }

    /** The method that is meant. */
    private static String begin(RoutingContext context) {
        context.request().pause();
        context.response().putHeader(TusHeaders.RESUMABLE, TusHeaders.VERSION);
        return new TusHeaders(context.request().headers())
                .method(context.request().method().name());
    }

    private static TusHeaders checked(RoutingContext context) {
        TusHeaders headers = new TusHeaders(context.request().headers());
        try {
            headers.checkVersion();
        } catch (Fault refusal) {
            context.response().putHeader("Tus-Version", TusHeaders.VERSION);
            throw refusal;
        }
        return headers;
    }

    private void options(RoutingContext context) {
        context.response()
                .putHeader("Tus-Version", TusHeaders.VERSION)
                .putHeader("Tus-Extension", EXTENSIONS)
                .putHeader("Tus-Max-Size", Long.toString(uploads.maxBytes()))
                .putHeader("Tus-Checksum-Algorithm", UploadChecksum.algorithms());
        end(context, 204);
    }

    private void create(RoutingContext context, TusHeaders headers) {
        context.response().putHeader("Tus-Max-Size", Long.toString(uploads.maxBytes()));
        uploads.create(context.request(), headers)
                .onSuccess(created -> {
                    HttpServerResponse response = context.response();
                    response.putHeader(HttpHeaders.LOCATION, "/uploads/" + created.id());
                    if (headers.bodyLength() != 0) {
                        offset(response, created.written().offset());
                    }
                    expires(response, created.written().expires());
                    end(context, 201);
                })
                .onFailure(context::fail);
    }

    private void head(RoutingContext context) {
        uploads.status(id(context))
                .onSuccess(status -> {
                    HttpServerResponse response = context.response();
                    Long offset = status.offset();
                    if (offset != null) {
                        offset(response, offset);
                    }
                    Long length = status.upload().length();
                    if (length == null) {
                        response.putHeader(TusHeaders.DEFER_LENGTH, "1");
                    } else {
                        response.putHeader(TusHeaders.LENGTH, length.toString());
                    }
                    if (!status.upload().metadata().isEmpty()) {
                        response.putHeader(TusHeaders.METADATA, status.upload().metadata());
                    }
                    String concat = UploadConcat.header(
                            status.upload().kind(), status.upload().parts());
                    if (concat != null) {
                        response.putHeader(TusHeaders.CONCAT, concat);
                    }
                    expires(
                            response,
                            status.upload().expires() ? status.upload().expiry() : null);
                    end(context, 200);
                })
                .onFailure(context::fail);
    }

    private void patch(RoutingContext context, TusHeaders headers) {
        uploads.write(context.request(), headers, id(context))
                .onSuccess(written -> {
                    offset(context.response(), written.offset());
                    expires(context.response(), written.expires());
                    end(context, 204);
                })
                .onFailure(context::fail);
    }

    private void delete(RoutingContext context) {
        uploads.delete(id(context)).onSuccess(gone -> end(context, 204)).onFailure(context::fail);
    }

    private static VideoId id(RoutingContext context) {
        return VideoId.parse(context.pathParam("id")).orElseThrow(TusFaults::unknown);
    }

    private static void offset(HttpServerResponse response, long offset) {
        response.putHeader(TusHeaders.OFFSET, Long.toString(offset));
    }

    private static void expires(HttpServerResponse response, @Nullable Instant expires) {
        if (expires != null) {
            response.putHeader(TusHeaders.EXPIRES, DATE.format(expires));
        }
    }

    private static Fault notAllowed(RoutingContext context, String allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        return new Fault(405, "method_not_allowed", "This address answers to " + allowed + " only.");
    }

    /** A body that nobody wanted is let through. */
    private static void end(RoutingContext context, int status) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end()
                .onFailure(gone -> LOG.debug("answer not delivered: {}", gone.getMessage()));
        // One of HTTP/2 that has ended does not bear it.
        if (!context.request().isEnded()) {
            context.request().resume();
        }
    }
}
