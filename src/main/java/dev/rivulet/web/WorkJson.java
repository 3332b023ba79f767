package dev.rivulet.web;

import dev.rivulet.job.Eta;
import dev.rivulet.job.TaskClass;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Workload.Counts;
import dev.rivulet.store.Workload.Failure;
import dev.rivulet.store.Workload.FailurePage;
import dev.rivulet.store.Workload.InWork;
import dev.rivulet.store.Workload.Overview;
import dev.rivulet.store.Workload.Running;
import dev.rivulet.store.Workload.Subject;
import dev.rivulet.store.Workload.TaskCounts;
import dev.rivulet.store.Workload.Troubled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The work as the public contract shows it. */
final class WorkJson {
    private WorkJson() {}

    static JsonObject of(Overview now, int slots) {
        return new JsonObject()
                .put("at", now.at().toString())
                .put("slots", slots)
                .put("classes", list(List.of(TaskClass.values()), taskClass -> taskClass(now.counts(), taskClass)))
                .put("unsettled", unsettled(now.counts()))
                .put("running", list(now.running(), WorkJson::running))
                .put("videos", list(now.unsettled(), video -> inWork(video, now.at())))
                .put("troubled", list(now.troubled(), WorkJson::troubled))
                .put("newestFailure", text(now.newestFailure()));
    }

    static JsonObject of(FailurePage page) {
        return new JsonObject()
                .put("items", list(page.items(), WorkJson::failure))
                .put("next", page.next());
    }

    private static JsonObject taskClass(Counts counts, TaskClass taskClass) {
        TaskCounts of = Objects.requireNonNullElse(counts.tasks().get(taskClass), TaskCounts.NONE);
        return new JsonObject()
                .put("class", word(taskClass))
                .put("waiting", of.waiting())
                .put("queued", of.queued())
                .put("running", of.running());
    }

    private static JsonObject unsettled(Counts counts) {
        JsonObject json = new JsonObject();
        for (VideoStatus status : VideoStatus.values()) {
            if (!status.settled()) {
                json.put(
                        status.name(),
                        Objects.requireNonNullElse(counts.videos().get(status), 0L));
            }
        }
        return json;
    }

    private static JsonObject running(Running task) {
        return subject(task.subject())
                .put("class", word(task.taskClass()))
                .put("attempt", task.attempt())
                .put("worker", task.worker())
                .put("startedAt", task.startedAt().toString())
                .put("leaseUntil", task.leaseUntil().toString())
                .put("progress", VideoJson.rounded(100 * task.progress(), 1));
    }

    private static JsonObject inWork(InWork video, Instant now) {
        Instant since = video.processingSince();
        OptionalLong eta = since == null
                ? OptionalLong.empty()
                : Eta.seconds(since, video.processingFrom(), video.progress(), now);
        return new JsonObject()
                .put("id", video.id().toString())
                .put("title", video.title())
                .put("status", video.status().name())
                .put("progress", VideoJson.rounded(video.progress(), 1))
                .put("eta", eta.isPresent() ? eta.getAsLong() : null)
                .put("priority", video.priority())
                .put("createdAt", video.createdAt().toString());
    }

    private static JsonObject troubled(Troubled video) {
        return new JsonObject()
                .put("id", video.id().toString())
                .put("title", video.title())
                .put("status", video.status().name())
                .put("error", VideoJson.error(video.error()))
                .put("failedQualities", list(video.failed(), failed -> new JsonObject()
                        .put("quality", failed.quality())
                        .put("error", VideoJson.error(failed.error()))))
                .put("createdAt", video.createdAt().toString())
                .put("updatedAt", video.updatedAt().toString());
    }

    private static JsonObject failure(Failure failure) {
        return subject(failure.subject())
                .put("at", failure.at().toString())
                .put("attempt", failure.attempt())
                .put("worker", failure.worker())
                .put("failure", failure.kind().toLowerCase(Locale.ROOT))
                .put("reason", failure.reason())
                .put("log", failure.log())
                .put("state", failure.state().name());
    }

    private static JsonObject subject(Subject subject) {
        return new JsonObject()
                .put("videoId", subject.video().toString())
                .put("title", subject.title())
                .put("kind", word(subject.kind()))
                .put("tier", subject.tier())
                .put("qualities", new JsonArray(subject.qualities()))
                .put("chunk", subject.chunk());
    }

    private static <T> JsonArray list(List<T> values, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(json.apply(value)));
        return array;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
