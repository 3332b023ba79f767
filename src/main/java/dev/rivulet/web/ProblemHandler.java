package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.DiskFull;
import dev.rivulet.job.UnavailableException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one exit of everything that fails: RFC 9457 problems. Nothing of an unexpected failure is shown outside. */
public final class ProblemHandler implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    /** What passes by itself, and in how many seconds it has probably passed (RFC 9110, 10.2.3). */
    private static final Map<Integer, String> WAIT = Map.of(429, "5", 503, "5", 507, "60");

    /** Sends every failure of {@code router} here, and every address that it does not know. */
    void mount(Router router) {
        router.route().last().handler(context -> context.fail(404));
        router.route().failureHandler(this);
        router.errorHandler(404, this);
        router.errorHandler(400, this);
        router.errorHandler(500, this);
    }

    @Override
    public void handle(RoutingContext context) {
        send(context.request(), problem(context.failure(), context.statusCode()), context.failure());
    }

    /** Answers a request whose head could not be read: too long, or no HTTP. */
    static void refuseHead(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        Problem problem =
                switch (kind) {
                    case "TooLongHttpLineException" ->
                        new Problem(414, "address_too_long", "The address of the request is too long.", null);
                    case "TooLongHttpHeaderException" ->
                        new Problem(431, "header_too_long", "The header of the request is too long.", null);
                    default -> new Problem(400, "bad_request", "This is no valid HTTP request.", null);
                };
        send(request, problem, null);
        request.connection().close().onFailure(Answer::gone);
    }

    static Problem problem(@Nullable Throwable failure, int status) {
        if (failure instanceof Fault fault) {
            return new Problem(fault.httpStatus(), fault.code(), String.valueOf(fault.getMessage()), null);
        }
        if (failure instanceof UnavailableException) {
            return problem(Fault.unavailable(), status);
        }
        if (failure != null && DiskFull.in(failure)) {
            return problem(Fault.noRoom(), status);
        }
        if (failure instanceof HttpException http && http.getCause() instanceof ValidatorException invalid) {
            return InvalidRequest.problem(invalid);
        }
        if (failure instanceof ValidatorException invalid) {
            return InvalidRequest.problem(invalid);
        }
        if (failure instanceof DecodeException) {
            return new Problem(400, "bad_json", "The body is no valid JSON.", null);
        }
        return switch (failure instanceof HttpException http ? http.getStatusCode() : status) {
            case 400 -> new Problem(400, "bad_request", "The request could not be understood.", null);
            case 404 -> new Problem(404, "not_found", "There is nothing at this address.", null);
            case 413 -> new Problem(413, "body_too_large", "The body is too large.", null);
            default ->
                new Problem(500, "internal", "Something went wrong here. The errorId finds it in the log.", null);
        };
    }

    private static void send(HttpServerRequest request, Problem problem, @Nullable Throwable failure) {
        String errorId = UUID.randomUUID().toString();
        if (problem.status() == 500) {
            LOG.error(
                    "errorId={} code={} method={} path={} failed",
                    errorId,
                    problem.code(),
                    request.method(),
                    request.path(),
                    failure);
        } else {
            LOG.info(
                    "errorId={} code={} status={} method={} path={} detail={}",
                    errorId,
                    problem.code(),
                    problem.status(),
                    request.method(),
                    request.path(),
                    failure instanceof UnavailableException ? failure.getMessage() : problem.detail());
        }
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Half an answer is out: only a broken connection tells the client that the rest will not come.
            request.connection().close().onFailure(Answer::gone);
            return;
        }
        boolean unread = UnreadBody.expected(request);
        if (unread) {
            UnreadBody.announceClose(request);
        }
        response.headers().remove(HttpHeaders.CONTENT_LENGTH);
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        response.headers().remove(HttpHeaders.ETAG);
        String wait = WAIT.get(problem.status());
        if (wait != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, wait);
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(problem.json(errorId).toBuffer())
                .onFailure(Answer::gone);
        if (unread) {
            UnreadBody.discard(request);
        } else if (!request.isEnded()) {
            request.resume();
        }
    }

    /**
     * What a client is told.
     *
     * @param field the parameter or JSON pointer that is wrong, if it is one
     */
    record Problem(int status, String code, String detail, @Nullable String field) {
        JsonObject json(String errorId) {
            String words = code.replace('_', ' ');
            JsonObject json = new JsonObject()
                    .put("type", "urn:rivulet:problem:" + code)
                    .put("title", Character.toUpperCase(words.charAt(0)) + words.substring(1))
                    .put("status", status)
                    .put("detail", detail)
                    .put("code", code)
                    .put("errorId", errorId);
            return field == null ? json : json.put("field", field);
        }
    }
}
