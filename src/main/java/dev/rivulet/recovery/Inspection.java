package dev.rivulet.recovery;

import dev.rivulet.config.Settings;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.recovery.Decisions.InUse;
import dev.rivulet.store.Extent;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Upkeep;
import dev.rivulet.store.Upkeep.Aged;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore.Wanted;
import dev.rivulet.store.WorkArea;
import dev.rivulet.store.WorkFiles.Item;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look at everything, changing nothing. Bytes are listed before their rows are asked for, because rows come first and
 * go first; files of a row are looked at between two readings of the row.
 */
final class Inspection {
    /** Most findings of one look; the next one finds the rest. */
    static final int MOST = 1_000;

    private static final int PAGE = 500;
    private static final int VIDEOS = 50;

    private final HousekeepingParts parts;
    private final Settings.Housekeeping settings;
    private final Settings.Retention retention;
    private final Decisions decide;
    private final List<Finding> found = new ArrayList<>();
    private final List<VideoId> settledRemovals = new ArrayList<>();

    Inspection(HousekeepingParts parts, Settings.Housekeeping settings, Settings.Retention retention) {
        this.parts = parts;
        this.settings = settings;
        this.retention = retention;
        this.decide = new Decisions(parts.clock().instant(), settings.minAge(), settings.abandonedAfter());
    }

    /** Everything that is wrong, at most {@link #MOST} findings. */
    Future<List<Finding>> look() {
        return parts.work()
                .list(MOST)
                .compose(items -> work(items).onSuccess(found::addAll).compose(done -> uploads(items)))
                .compose(done -> removals())
                .compose(done -> expired())
                .compose(done -> bytes(""))
                .compose(done -> rows(VideoStatus.COMPLETED, null))
                .compose(done -> rows(VideoStatus.PARTIAL, null))
                .map(done -> List.copyOf(found.subList(0, Math.min(found.size(), MOST))));
    }

    /** Removed videos of which no byte is left, known after {@link #look()}. */
    List<VideoId> settledRemovals() {
        return List.copyOf(settledRemovals);
    }

    /** What of these is orphaned. */
    Future<List<Finding>> work(List<Item> items) {
        return inUse(items).map(inUse -> items.stream()
                .map(item -> decide.work(item, inUse))
                .flatMap(Optional::stream)
                .toList());
    }

    /** What is left of a video without a row; empty when it has one. */
    Future<Optional<Finding>> bytes(VideoId video) {
        return parts.media()
                .extent(video)
                .compose(extent -> extent.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : parts.upkeep()
                                .states(List.of(video))
                                .compose(states -> states.isEmpty()
                                        ? parts.upkeep()
                                                .removed(List.of(video))
                                                .map(removed ->
                                                        decide.bytes(video, removed.contains(video), extent.get()))
                                        : Future.succeededFuture(Optional.empty())));
    }

    private Future<InUse> inUse(List<Item> items) {
        List<TaskId> tasks = items.stream()
                .filter(item -> item.area() == WorkArea.TASKS && item.name().matches("\\d{1,18}-.*"))
                .map(item -> new TaskId(
                        Long.parseLong(item.name().substring(0, item.name().indexOf('-')))))
                .distinct()
                .toList();
        Set<VideoId> videos =
                items.stream().map(Decisions::video).flatMap(Optional::stream).collect(Collectors.toSet());
        return parts.upkeep().leases(tasks).compose(leases -> parts.upkeep()
                .states(videos)
                .map(states -> new InUse(
                        leases.stream()
                                .map(lease -> String.valueOf(
                                        parts.folders().task(lease).getFileName()))
                                .collect(Collectors.toSet()),
                        states)));
    }

    private Future<Void> uploads(List<Item> items) {
        Map<VideoId, Extent> arrived = new HashMap<>();
        items.stream().filter(item -> item.area() == WorkArea.UPLOADS).forEach(item -> Decisions.video(item)
                .ifPresent(video -> arrived.put(video, item.extent())));
        return parts.upkeep()
                .silent(settings.abandonedAfter(), MOST)
                .onSuccess(silent -> silent.forEach(upload ->
                        decide.upload(upload, arrived.get(upload.video())).ifPresent(found::add)))
                .compose(silent -> parts.upkeep().lapsed(MOST))
                .onSuccess(lapsed ->
                        lapsed.forEach(upload -> found.add(decide.lapsed(upload, arrived.get(upload.video())))))
                .mapEmpty();
    }

    private Future<Void> removals() {
        return parts.upkeep().removals(settings.minAge(), MOST).compose(removals -> each(removals, this::removal));
    }

    private Future<Void> removal(Aged removed) {
        VideoId video = removed.video();
        return parts.media()
                .extent(video)
                .onSuccess(extent -> {
                    if (extent.isEmpty()) {
                        settledRemovals.add(video);
                    } else {
                        decide.bytes(video, true, extent.get()).ifPresent(found::add);
                    }
                })
                .mapEmpty();
    }

    private Future<Void> expired() {
        return parts.upkeep()
                .expired(retention, MOST)
                .compose(videos -> each(videos, video -> parts.media()
                        .extent(video.video())
                        .onSuccess(extent -> found.add(
                                decide.expired(video, extent.map(Extent::bytes).orElse(0L))))
                        .mapEmpty()));
    }

    private Future<Void> bytes(String after) {
        if (found.size() >= MOST) {
            return Future.succeededFuture();
        }
        MediaFiles media = parts.media();
        return media.names(after, PAGE)
                .compose(names -> names.isEmpty()
                        ? Future.succeededFuture()
                        : rowless(names).compose(done -> bytes(names.get(names.size() - 1))));
    }

    private Future<Void> rowless(List<String> names) {
        List<VideoId> ids =
                names.stream().map(VideoId::parse).flatMap(Optional::stream).toList();
        names.stream().filter(name -> VideoId.parse(name).isEmpty()).forEach(name -> found.add(decide.foreign(name)));
        Upkeep upkeep = parts.upkeep();
        return upkeep.states(ids).compose(states -> {
            List<VideoId> loose =
                    ids.stream().filter(id -> !states.containsKey(id)).toList();
            // Deletions on record are findings of their own.
            return upkeep.removed(loose)
                    .compose(removed -> each(
                            loose.stream().filter(id -> !removed.contains(id)).toList(), id -> parts.media()
                                    .extent(id)
                                    .onSuccess(extent -> extent.flatMap(there -> decide.bytes(id, false, there))
                                            .ifPresent(found::add))
                                    .mapEmpty()));
        });
    }

    private Future<Void> rows(VideoStatus status, @Nullable String after) {
        if (found.size() >= MOST) {
            return Future.succeededFuture();
        }
        return parts.videos().list(Wanted.of(status, null), VIDEOS, after).compose(page -> each(page.items(), this::row)
                .compose(done -> page.next() == null ? Future.succeededFuture() : rows(status, page.next())));
    }

    private Future<Void> row(Video video) {
        List<String> needed = Decisions.needed(video);
        return parts.media()
                .sizes(video.id(), needed)
                .map(there ->
                        needed.stream().filter(name -> !there.containsKey(name)).toList())
                .compose(missing -> missing.isEmpty()
                        ? Future.succeededFuture()
                        : parts.videos()
                                .find(video.id())
                                .onSuccess(again -> again.filter(
                                                same -> same.seq() == video.seq() && same.status() == video.status())
                                        .flatMap(same -> decide.row(same, missing))
                                        .ifPresent(found::add))
                                .mapEmpty());
    }

    static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> work) {
        Future<Void> done = Future.succeededFuture();
        for (T one : all) {
            done = done.compose(before -> work.apply(one));
        }
        return done;
    }
}
