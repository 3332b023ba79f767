package dev.rivulet.web;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.web.ProblemHandler.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers clients of the event bus at {@code rivulet.videos} with the JSON of the HTTP calls. A failure carries the HTTP
 * status as its number and, as its message, {@code {"status", "code", "detail"}}: the bridges let nothing else through.
 */
public final class VideoRequests {
    private static final Logger LOG = LoggerFactory.getLogger(VideoRequests.class);
    private static final int MOST_LISTED = 100;

    private static final int MOST_PRIORITY = 10;

    private final VideoDesk desk;
    private final LinkImporter importer;

    /** Answers with what these two say. */
    public VideoRequests(VideoDesk desk, LinkImporter importer) {
        this.desk = desk;
        this.importer = importer;
    }

    /** Completes when requests are answered. */
    public Future<Void> serve(Vertx vertx) {
        MessageConsumer<Object> consumer = vertx.eventBus().consumer(Address.VIDEOS.text());
        consumer.handler(message -> Future.succeededFuture(message.body())
                .compose(this::answer)
                .onSuccess(message::reply)
                .onFailure(failure -> refuse(message, failure)));
        return consumer.completion();
    }

    private Future<JsonObject> answer(Object body) {
        if (!(body instanceof JsonObject request)) {
            throw invalid("The body must be a JSON object.", "body");
        }
        String action = text(request, "action");
        return switch (action == null ? "" : action) {
            case "get" -> desk.find(id(request)).map(VideoJson::of);
            case "list" ->
                desk.list(
                        VideoDesk.wanted(status(request), text(request, "q")), limit(request), text(request, "after"));
            case "import" -> importer.begin(wish(request)).map(VideoJson::of);
            case "retry" -> desk.retry(id(request), text(request, "quality")).map(VideoJson::of);
            case "cancel" -> desk.cancel(id(request)).map(VideoJson::of);
            case "delete" -> desk.delete(id(request)).map(done -> new JsonObject());
            default -> throw invalid("The field action must be get, list, import, retry, cancel or delete.", "action");
        };
    }

    private static LinkImporter.Wish wish(JsonObject request) {
        String url = text(request, "url");
        if (url == null) {
            throw invalid("The field url is missing.", "url");
        }
        Object priority = request.getValue("priority", 0);
        if (!(priority instanceof Integer number) || Math.abs(number) > MOST_PRIORITY) {
            throw invalid(
                    "The field priority must be a number from -" + MOST_PRIORITY + " to " + MOST_PRIORITY + ".",
                    "priority");
        }
        return new LinkImporter.Wish(url, text(request, "title"), text(request, "description"), number);
    }

    private static VideoId id(JsonObject request) {
        String id = text(request, "id");
        if (id == null) {
            throw invalid("The field id is missing.", "id");
        }
        return VideoId.parse(id).orElseThrow(Fault::unknownVideo);
    }

    private static @Nullable VideoStatus status(JsonObject request) {
        String status = text(request, "status");
        if (status == null) {
            return null;
        }
        return Arrays.stream(VideoStatus.values())
                .filter(known -> known.name().equals(status))
                .findFirst()
                .orElseThrow(() -> invalid("The field status is none that a video can have.", "status"));
    }

    private static @Nullable Integer limit(JsonObject request) {
        Object limit = request.getValue("limit");
        if (limit == null) {
            return null;
        }
        if (limit instanceof Integer number && number >= 1 && number <= MOST_LISTED) {
            return number;
        }
        throw invalid("The field limit must be a number from 1 to " + MOST_LISTED + ".", "limit");
    }

    private static @Nullable String text(JsonObject request, String field) {
        Object value = request.getValue(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw invalid("The field " + field + " must be a text.", field);
    }

    private static Fault invalid(String message, String field) {
        return new Fault(400, "invalid_" + field, message);
    }

    private static void refuse(Message<Object> message, Throwable failure) {
        Problem problem = ProblemHandler.problem(failure, 500);
        if (problem.status() == 500) {
            LOG.error("address={} code={} failed", message.address(), problem.code(), failure);
        } else {
            LOG.info("address={} code={} refused: {}", message.address(), problem.code(), problem.detail());
        }
        message.fail(
                problem.status(),
                new JsonObject()
                        .put("status", problem.status())
                        .put("code", problem.code())
                        .put("detail", problem.detail())
                        .encode());
    }
}
