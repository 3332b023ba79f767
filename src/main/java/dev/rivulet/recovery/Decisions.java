package dev.rivulet.recovery;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.recovery.Finding.Kind;
import dev.rivulet.recovery.Finding.Remedy;
import dev.rivulet.store.Extent;
import dev.rivulet.store.RenditionState;
import dev.rivulet.store.Upkeep.Aged;
import dev.rivulet.store.Video;
import dev.rivulet.store.WorkArea;
import dev.rivulet.store.WorkFiles.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides, from listings, what was left behind. What is young or in use never is. */
final class Decisions {
    private static final String PART = ".part";
    private static final String MASTER = "master.m3u8";
    private static final String TASK_NAME = "\\d+-\\d+-[0-9a-f]{8}";
    private static final int ID_LENGTH = 36;
    private static final int NAMED = 5;

    private final Instant now;
    private final Duration minAge;
    private final Duration silence;

    /**
     * @param minAge nothing younger is a finding
     * @param silence after which an upload is given up
     */
    Decisions(Instant now, Duration minAge, Duration silence) {
        this.now = now;
        this.minAge = minAge;
        this.silence = silence;
    }

    /**
     * What works just now, read after the folders were listed: whoever makes a folder has its row before.
     *
     * @param tasks names of the folders of running tasks
     * @param states of all videos that the folders name and that have a row
     */
    record InUse(Set<String> tasks, Map<VideoId, VideoStatus> states) {}

    /** The video that a work item is for; empty for tasks, and for what nobody here has made. */
    static Optional<VideoId> video(Item item) {
        String name = item.name();
        return switch (item.area()) {
            case TASKS -> Optional.empty();
            case JOIN ->
                name.length() > ID_LENGTH + 1 && name.charAt(ID_LENGTH) == '-'
                        ? VideoId.parse(name.substring(0, ID_LENGTH))
                        : Optional.empty();
            case SEGMENT -> VideoId.parse(name);
            case UPLOADS ->
                name.endsWith(PART)
                        ? VideoId.parse(name.substring(0, name.length() - PART.length()))
                        : Optional.empty();
        };
    }

    /** Work on which nobody works. */
    Optional<Finding> work(Item item, InUse inUse) {
        Optional<VideoId> video = video(item);
        boolean ours = item.area() == WorkArea.TASKS ? item.name().matches(TASK_NAME) : video.isPresent();
        boolean used = item.area() == WorkArea.TASKS
                ? inUse.tasks().contains(item.name())
                : video.map(inUse.states()::get)
                        .map(status ->
                                item.area() == WorkArea.UPLOADS ? status == VideoStatus.UPLOADING : !status.settled())
                        .orElse(false);
        if (used || young(item.extent())) {
            return Optional.empty();
        }
        Remedy remedy = ours ? new Remedy.RemoveWork(item) : new Remedy.ByHand();
        return Optional.of(new Finding(
                Kind.ORPHANED_WORK,
                "work/" + item.area().folder() + "/" + item.name(),
                video.orElse(null),
                age(item.extent()),
                item.extent().bytes(),
                remedy,
                ours,
                ours ? "Nobody works on it any more." : "Rivulet makes no such name: it is not touched."));
    }

    /** Bytes of a video without a row; {@code removed} when its deletion is on record. */
    Optional<Finding> bytes(VideoId video, boolean removed, Extent extent) {
        if (young(extent)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.BYTES_WITHOUT_ROW,
                "media/" + video,
                video,
                age(extent),
                extent.bytes(),
                new Remedy.RemoveBytes(video),
                removed,
                removed
                        ? "The video was deleted; its bytes were not, or came late."
                        : "No row and no record of a deletion. A database that was restored from an older backup looks the"
                                + " same, so this is removed on request only."));
    }

    /** What somebody else has put among the videos. */
    Finding foreign(String name) {
        return new Finding(
                Kind.BYTES_WITHOUT_ROW,
                "media/" + name,
                null,
                Duration.ZERO,
                0,
                new Remedy.ByHand(),
                false,
                "Rivulet makes no such name: it is not touched.");
    }

    /** An upload of which nothing is heard and nothing arrives; {@code part} is what has arrived on this node. */
    Optional<Finding> upload(Aged silent, @Nullable Extent part) {
        if (part != null && age(part).compareTo(silence) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.ABANDONED_UPLOAD,
                "work/" + WorkArea.UPLOADS.folder() + "/" + partName(silent.video()),
                silent.video(),
                silent.age(),
                part == null ? 0 : part.bytes(),
                new Remedy.Abandon(silent.video()),
                true,
                "Nothing has arrived for longer than housekeeping.abandonedAfter."));
    }

    /** A resumable upload whose time is over; {@code part} is what has arrived on this node. */
    Finding lapsed(Aged upload, @Nullable Extent part) {
        return new Finding(
                Kind.EXPIRED_UPLOAD,
                "work/" + WorkArea.UPLOADS.folder() + "/" + partName(upload.video()),
                upload.video(),
                upload.age(),
                part == null ? 0 : part.bytes(),
                new Remedy.Lapse(upload.video()),
                true,
                "Nothing has arrived for longer than upload.expires.");
    }

    /** A video that has been kept for long enough. */
    Finding expired(Aged video, long bytes) {
        return new Finding(
                Kind.EXPIRED_VIDEO,
                "media/" + video.video(),
                video.video(),
                video.age(),
                bytes,
                new Remedy.Expire(video.video()),
                true,
                "It has not changed for longer than its retention.");
    }

    /** Names of the files without which a video cannot be what its row says; its segments are not among them. */
    static List<String> needed(Video video) {
        if (!video.hasMaster()) {
            return List.of();
        }
        List<String> names = new ArrayList<>(List.of(MASTER));
        video.renditions().stream()
                .filter(row -> row.state() == RenditionState.JOINED)
                .forEach(row -> names.addAll(
                        List.of(row.quality() + "/index.m3u8", row.quality() + "/init.mp4", row.quality() + ".mp4")));
        MediaPlan plan = video.plan();
        if (plan != null) {
            plan.audio().forEach(audio -> names.add(audio.folder() + "/index.m3u8"));
        }
        if (video.poster()) {
            names.add("poster.webp");
        }
        return List.copyOf(names);
    }

    /** A settled video of which {@code missing} are not there, though the row was there before and after the look. */
    Optional<Finding> row(Video video, List<String> missing) {
        Duration age = since(video.updatedAt());
        if (missing.isEmpty() || age.compareTo(minAge) < 0) {
            return Optional.empty();
        }
        boolean onlyMaster = missing.equals(List.of(MASTER));
        String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
        String which = String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))) + more;
        return Optional.of(new Finding(
                Kind.ROW_WITHOUT_BYTES,
                "media/" + video.id(),
                video.id(),
                age,
                0,
                onlyMaster ? new Remedy.WriteMaster(video.id()) : new Remedy.ByHand(),
                onlyMaster,
                onlyMaster
                        ? "The master playlist is missing; it is written again."
                        : "Missing: " + which
                                + ". Bring the folder back from a backup, or delete the video and upload it"
                                + " again."));
    }

    /** Where the bytes of an upload arrive. */
    static String partName(VideoId video) {
        return video + PART;
    }

    private boolean young(Extent extent) {
        return age(extent).compareTo(minAge) < 0;
    }

    private Duration age(Extent extent) {
        return since(extent.newest());
    }

    /** A file from the future is young. */
    private Duration since(Instant then) {
        return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
    }
}
