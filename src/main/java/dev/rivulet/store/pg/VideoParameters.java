package dev.rivulet.store.pg;

import dev.rivulet.job.NewTask;
import dev.rivulet.job.VideoError;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.Tier;
import dev.rivulet.store.NewVideo;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Parameters of the statements in {@link VideoSql} that take many. */
final class VideoParameters {
    private VideoParameters() {}

    /** The parameters of {@link VideoSql#CREATE}. */
    static Tuple created(NewVideo video, String node) {
        String description = video.description();
        return Tuple.of(
                        video.id().value(),
                        Json.storable(video.title()),
                        description == null ? null : Json.storable(description),
                        Json.storable(video.fileName()))
                .addLong(video.fileSize())
                .addInteger(video.priority())
                .addString(video.userId())
                .addString(node);
    }

    /** Of words that are to be found anywhere: what means something to LIKE means itself. */
    static String[] patterns(List<String> words) {
        return words.stream()
                .map(word -> "%" + Json.storable(word).replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .toArray(String[]::new);
    }

    /** The parameters of {@link VideoSql#PLAN_RENDITIONS}. */
    static Tuple renditions(VideoId id, MediaPlan plan) {
        List<String> qualities =
                plan.renditions().stream().map(Rendition::quality).toList();
        Integer[] tiers = qualities.stream()
                .map(quality -> plan.tiers().stream()
                        .filter(tier -> tier.qualities().contains(quality))
                        .map(Tier::index)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no tier makes " + quality)))
                .toArray(Integer[]::new);
        return Tuple.of(id.value(), qualities.toArray(String[]::new), tiers);
    }

    /** The parameters of {@link VideoSql#FAIL_QUALITIES}. */
    static Tuple failing(VideoId id, List<String> qualities, VideoError error) {
        return Tuple.of(
                id.value(), qualities.toArray(String[]::new), error.code().name(), Json.storable(error.message()));
    }

    /** The parameters of {@link VideoSql#PLAN_TASKS}. */
    static Tuple tasks(VideoId id, List<NewTask> tasks) {
        return Tuple.of(
                id.value(),
                tasks.stream().map(task -> task.kind().name()).toArray(String[]::new),
                tasks.stream().map(NewTask::tier).toArray(Integer[]::new),
                tasks.stream().map(NewTask::chunk).toArray(Integer[]::new),
                tasks.stream().map(task -> task.taskClass().ordinal()).toArray(Integer[]::new),
                tasks.stream().map(NewTask::weight).toArray(Long[]::new),
                tasks.stream().map(NewTask::needs).toArray(Long[]::new));
    }

    /** The parameters of {@link VideoSql#VIEWED}. */
    static Tuple views(Map<VideoId, Integer> views) {
        List<Map.Entry<VideoId, Integer>> all = List.copyOf(views.entrySet());
        return Tuple.tuple()
                .addArrayOfUUID(
                        all.stream().map(entry -> entry.getKey().value()).toArray(UUID[]::new))
                .addArrayOfInteger(all.stream().map(Map.Entry::getValue).toArray(Integer[]::new));
    }
}
