package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.config.Settings;
import dev.rivulet.store.Video;
import dev.rivulet.web.Answer;
import dev.rivulet.web.Leaving;
import dev.rivulet.web.Operations;
import dev.rivulet.web.VideoJson;
import dev.rivulet.web.VideoUrls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.Locale;

/** Uploads by form. The body is never held: neither by a body handler nor by the schema checker. */
public final class UploadRoutes implements Operations {
    private static final String FORM = "multipart/form-data";

    /** What a form adds to its file at most, before the body is looked at. */
    private static final long FORM_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final Ports ports;
    private final Settings.Upload limits;
    private final Admission admission;
    private final UploadsInFlight inFlight;

    /**
     * @param admission the one of this node
     * @param inFlight the one of this node
     */
    public UploadRoutes(
            Vertx vertx, Ports ports, Settings.Upload limits, Admission admission, UploadsInFlight inFlight) {
        this.vertx = vertx;
        this.ports = ports;
        this.limits = limits;
        this.admission = admission;
        this.inFlight = inFlight;
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("uploadVideo").setDoValidation(false).addHandler(this::upload);
    }

    static Fault tooLarge(long maxBytes) {
        return new Fault(413, "too_large", "The file is larger than the " + maxBytes + " bytes that are accepted.");
    }

    private void upload(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        if (!inFlight.open()) {
            throw Leaving.refusal();
        }
        String boundary = boundary(context);
        long announced = announced(request);
        if (announced - FORM_BYTES > limits.maxBytes()) {
            throw tooLarge(limits.maxBytes());
        }
        admission
                .enter(announced)
                .compose(ticket -> {
                    if (request.response().closed()) {
                        // What has arrived of the body would still be handed to us, but never its end.
                        ticket.leave();
                        return Future.failedFuture(FormUpload.brokenOff());
                    }
                    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                        request.response().writeContinue().onFailure(gone -> ticket.leave());
                    }
                    FormUpload.Limits allowed = new FormUpload.Limits(limits.maxBytes(), announced, admission, ticket);
                    FormUpload upload = new FormUpload(vertx, request, boundary, ports, allowed);
                    inFlight.enter(upload, vertx.getOrCreateContext());
                    return upload.receive().onComplete(done -> inFlight.leave(upload));
                })
                .onSuccess(video -> accepted(context, video))
                .onFailure(context::fail);
    }

    private static void accepted(RoutingContext context, Video video) {
        context.response().putHeader(HttpHeaders.LOCATION, VideoUrls.video(video.id()));
        Answer.json(context, 202, VideoJson.of(video));
    }

    private static String boundary(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null
                || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM)) {
            context.response().putHeader(HttpHeaders.ACCEPT, FORM);
            throw new Fault(415, "unsupported_media_type", "An upload must be of the type " + FORM + ".");
        }
        String boundary = FormParser.boundary(type);
        if (boundary == null) {
            throw new Fault(400, "bad_multipart", "The Content-Type names no boundary.");
        }
        return boundary;
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }
}
