package dev.rivulet.web;

import dev.rivulet.job.TaskKind;
import dev.rivulet.job.TaskResult.StoredText;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.job.TaskState;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.IgnoredStream;
import dev.rivulet.media.SubtitleRendition;
import dev.rivulet.store.TaskStore.Attempt;
import dev.rivulet.store.TaskStore.TaskRow;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Subtitles and what is not made of a source, as the manifest shows them. */
final class SubtitleJson {
    private SubtitleJson() {}

    /** @param reason why it was left out, null when it was not, or is not made yet */
    static JsonObject of(
            VideoId video, SubtitleRendition subtitles, Optional<SubtitlesMade> made, @Nullable String reason) {
        String folder = subtitles.folder();
        StoredText text = made.map(all -> all.renditions().get(folder)).orElse(null);
        boolean published = text != null && text.cues() > 0;
        return new JsonObject()
                .put("name", subtitles.name())
                .put("language", subtitles.language())
                .put("codec", subtitles.codec())
                .put("default", subtitles.preferred())
                .put("forced", subtitles.forced())
                .put("url", published ? VideoUrls.playlist(video, folder) : null)
                .put("cues", text == null ? null : text.cues())
                .put("dropped", text == null ? null : text.dropped())
                .put("reason", reason);
    }

    /** Why a track is not published although nothing more will come of it; null otherwise. */
    static @Nullable String reason(SubtitleRendition subtitles, Optional<SubtitlesMade> made, List<TaskRow> tasks) {
        if (made.isPresent()) {
            StoredText text = made.get().renditions().get(subtitles.folder());
            return text != null && text.cues() > 0
                    ? null
                    : made.get().failed().getOrDefault(subtitles.folder(), "it has no cue that can be read");
        }
        return tasks.stream()
                .filter(task -> task.kind() == TaskKind.SUBTITLES && task.state() == TaskState.FAILED)
                .map(TaskRow::attempts)
                .filter(attempts -> !attempts.isEmpty())
                .map(attempts -> attempts.get(attempts.size() - 1))
                .map(Attempt::reason)
                .findFirst()
                .orElse(null);
    }

    static JsonObject ignored(IgnoredStream stream) {
        return new JsonObject()
                .put("index", stream.index())
                .put("codec", stream.codec())
                .put("reason", stream.reason());
    }
}
