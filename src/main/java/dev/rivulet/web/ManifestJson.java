package dev.rivulet.web;

import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.media.AudioPlan;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.AudioTrack;
import dev.rivulet.media.Chunk;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rendition;
import dev.rivulet.media.SourceInfo;
import dev.rivulet.media.Tier;
import dev.rivulet.media.VideoTrack;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.store.RenditionRow.JoinedFigures;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.TaskStore.Attempt;
import dev.rivulet.store.TaskStore.TaskRow;
import dev.rivulet.store.Video;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** The chunk plan of a video with the state of its work, as the public contract shows it. */
final class ManifestJson {
    private ManifestJson() {}

    static JsonObject of(Video video, MediaPlan plan, List<TaskRow> tasks, Optional<SubtitlesMade> texts) {
        return new JsonObject()
                .put("videoId", video.id().toString())
                .put(
                        "grid",
                        new JsonObject()
                                .put("rate", plan.grid().rate().toString())
                                .put("frames", plan.grid().frames())
                                .put("duration", seconds(plan.grid().duration().toDouble())))
                .put("segmentFrames", plan.chunks().segmentFrames())
                .put("segmentSeconds", seconds(plan.segmentDuration().toDouble()))
                .put("targetDuration", plan.chunks().targetDuration(plan.grid()))
                .put("tiers", plan.tiers().stream().map(ManifestJson::tier).collect(array()))
                .put(
                        "chunks",
                        plan.chunks().chunks().stream()
                                .map(chunk -> chunk(plan, chunk))
                                .collect(array()))
                .put(
                        "renditions",
                        plan.renditions().stream()
                                .map(rendition -> rendition(video, plan, rendition))
                                .collect(array()))
                .put(
                        "audio",
                        plan.audio().stream().map(audio -> audio(video, audio)).collect(array()))
                .put(
                        "subtitles",
                        plan.subtitles().stream()
                                .map(track -> SubtitleJson.of(
                                        video.id(), track, texts, SubtitleJson.reason(track, texts, tasks)))
                                .collect(array()))
                .put("tasks", tasks.stream().map(ManifestJson::task).collect(array()))
                .put(
                        "source",
                        source(plan.source())
                                .put("class", plan.sourceClass().name().toLowerCase(Locale.ROOT)));
    }

    private static JsonObject tier(Tier tier) {
        return new JsonObject().put("tier", tier.index()).put("qualities", new JsonArray(tier.qualities()));
    }

    private static JsonObject chunk(MediaPlan plan, Chunk chunk) {
        return new JsonObject()
                .put("index", chunk.index())
                .put("firstFrame", chunk.firstFrame())
                .put("frames", chunk.frames())
                .put("firstSegment", chunk.firstSegment())
                .put("segments", chunk.segments())
                .put("start", seconds(plan.grid().time(chunk.firstFrame()).toDouble()))
                .put("duration", seconds(plan.grid().time(chunk.frames()).toDouble()));
    }

    private static JsonObject rendition(Video video, MediaPlan plan, Rendition rendition) {
        RenditionRow row = video.renditions().stream()
                .filter(candidate -> candidate.quality().equals(rendition.quality()))
                .findFirst()
                .orElse(null);
        JoinedFigures joined = row == null ? null : row.joined();
        Integer kbit = AudioPlan.bitrateFor(rendition, plan.audio());
        long sound = kbit == null ? 0 : kbit * 1000L;
        return new JsonObject()
                .put("quality", rendition.quality())
                .put("width", rendition.width())
                .put("height", rendition.height())
                .put("bandwidth", sound + (joined == null ? rendition.maxrateKbit() * 1100L : joined.peakBandwidth()))
                .put(
                        "averageBandwidth",
                        sound + (joined == null ? rendition.maxrateKbit() * 1000L : joined.averageBandwidth()))
                .put("frameRate", plan.grid().rate().toDecimal(3))
                .put("codecs", joined == null ? plannedCodec(rendition) : joined.codecs())
                .put("audio", kbit == null ? null : "audio-" + kbit + "k")
                .put("joined", row != null && row.state() == RenditionState.JOINED)
                .put("failed", row != null && row.state() == RenditionState.FAILED)
                .put("url", VideoUrls.playlist(video.id(), rendition.quality()));
    }

    /** RFC 6381: x264's ultrafast preset writes constrained baseline, the others the high profile. */
    private static String plannedCodec(Rendition rendition) {
        String profile = rendition.preset().equals("ultrafast") ? "42c0" : "6400";
        return String.format(Locale.ROOT, "avc1.%s%02x", profile, rendition.level());
    }

    private static JsonObject audio(Video video, AudioRendition audio) {
        return new JsonObject()
                .put("group", audio.group())
                .put("url", VideoUrls.playlist(video.id(), audio.folder()))
                .put("name", audio.name())
                .put("language", audio.language())
                .put("codecs", "mp4a.40.2")
                .put("default", audio.preferred())
                .put("channels", 2);
    }

    private static JsonObject task(TaskRow task) {
        return new JsonObject()
                .put("kind", task.kind().name().toLowerCase(Locale.ROOT))
                .put("tier", task.tier())
                .put("chunk", task.chunk())
                .put("state", task.state().name())
                .put("attempt", task.attempt())
                .put("worker", task.worker())
                .put("startedAt", time(task.startedAt()))
                .put("finishedAt", time(task.finishedAt()))
                .put(
                        "attempts",
                        task.attempts().stream().map(ManifestJson::attempt).collect(array()));
    }

    /** Without the tool's own log, which names paths of the server. */
    private static JsonObject attempt(Attempt attempt) {
        return new JsonObject()
                .put("attempt", attempt.attempt())
                .put("worker", attempt.worker())
                .put("at", attempt.at().toString())
                .put("kind", attempt.kind().toLowerCase(Locale.ROOT))
                .put("reason", attempt.reason());
    }

    private static JsonObject source(SourceInfo source) {
        VideoTrack picture = source.video();
        return new JsonObject()
                .put("format", source.format())
                .put("codec", picture.codec())
                .put("width", picture.width())
                .put("height", picture.height())
                .put("rotation", picture.rotation())
                .put("rate", picture.averageRate().toString())
                .put("pixelFormat", picture.pixelFormat())
                .put("transfer", picture.transfer())
                .put("audio", source.audio().stream().map(ManifestJson::track).collect(array()))
                .put(
                        "ignored",
                        source.side().ignored().stream()
                                .map(SubtitleJson::ignored)
                                .collect(array()));
    }

    private static JsonObject track(AudioTrack track) {
        return new JsonObject()
                .put("codec", track.codec())
                .put("channels", track.channels())
                .put("sampleRate", track.sampleRate())
                .put("language", track.language());
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static double seconds(double value) {
        return VideoJson.rounded(value, 6);
    }

    private static Collector<JsonObject, JsonArray, JsonArray> array() {
        return Collector.of(JsonArray::new, JsonArray::add, JsonArray::addAll);
    }
}
