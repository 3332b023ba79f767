package dev.rivulet.upload;

import dev.rivulet.job.EarlySource;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.ResumableUpload;
import dev.rivulet.store.ResumableUpload.Kind;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other stages what has arrived of resumable uploads, so that work on them begins before they end. All that it
 * knows, files and rows tell too: after a restart it learns it again. One for all event loops of a node.
 */
final class EarlyWork {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyWork.class);

    private final Ports ports;
    private final PartFiles files;
    private final Optional<EarlyNews> news;
    private final Map<VideoId, Whole> wholes = new HashMap<>();
    private final Map<VideoId, Whole> byPart = new HashMap<>();
    private final Set<VideoId> asked = new HashSet<>();

    EarlyWork(Ports ports, PartFiles files) {
        this.ports = ports;
        this.files = files;
        this.news = ports.news();
    }

    /** A file whose bytes arrive: in one piece, or in two, of which the second is to come first. */
    private static final class Whole {
        private final VideoId video;
        private final List<VideoId> parts;
        private final long[] lengths;
        private final long[] durable;
        private final UploadProgress progress;
        private long told;
        private boolean telling;

        Whole(Ports ports, VideoId video, List<VideoId> parts, List<Long> lengths) {
            this.video = video;
            this.parts = parts;
            this.lengths = lengths.stream().mapToLong(Long::longValue).toArray();
            this.durable = new long[parts.size()];
            this.progress = new UploadProgress(
                    ports.bus(), video, java.util.Arrays.stream(this.lengths).sum());
        }

        void moved(VideoId part, long bytes) {
            int at = parts.indexOf(part);
            durable[at] = Math.max(durable[at], Math.min(bytes, lengths[at]));
        }

        long total() {
            return java.util.Arrays.stream(durable).sum();
        }

        /** Bytes from the beginning; none as long as the second part is not there whole. */
        long arrived() {
            int last = parts.size() - 1;
            if (last == 0 || durable[last] == lengths[last]) {
                return durable[0] == lengths[0] ? total() : durable[0];
            }
            return 0;
        }
    }

    /** Bytes of an upload are on stable storage, and as they should be: so many from its beginning. */
    void moved(ResumableUpload upload, long bytes) {
        Long length = upload.length();
        if (news.isEmpty() || length == null || upload.finished() && upload.kind() != Kind.PARTIAL) {
            return;
        }
        synchronized (wholes) {
            Whole known = byPart.get(upload.id());
            if (known == null && upload.kind() == Kind.WHOLE) {
                known = remember(new Whole(ports, upload.id(), List.of(upload.id()), List.of(length)));
            }
            if (known != null) {
                known.moved(upload.id(), bytes);
                tell(known);
                return;
            }
            if (!asked.add(upload.id())) {
                return;
            }
        }
        ask(upload.id());
    }

    /** The parts of a video that is being received, as far as is known here. */
    List<VideoId> parts(VideoId video) {
        synchronized (wholes) {
            Whole known = wholes.get(video);
            return known == null || known.parts.size() == 1 ? List.of() : List.copyOf(known.parts);
        }
    }

    /** Nothing more arrives of it: it is whole, or given up. */
    void end(VideoId video) {
        synchronized (wholes) {
            Whole known = wholes.remove(video);
            if (known != null) {
                known.parts.forEach(byPart::remove);
            }
        }
        news.ifPresent(told -> told.end(video));
    }

    private Whole remember(Whole whole) {
        wholes.put(whole.video, whole);
        whole.parts.forEach(part -> byPart.put(part, whole));
        return whole;
    }

    /** Looks for what an upload is a part of; as long as there is nothing, the next bytes ask again. */
    private void ask(VideoId part) {
        ports.uploads()
                .finalsOf(part)
                .compose(finals -> finals.isEmpty() ? Future.succeededFuture() : learn(finals.get(0)))
                .onFailure(failure -> LOG.debug("upload={} what it is a part of: {}", part, failure.toString()))
                .onComplete(done -> {
                    synchronized (wholes) {
                        asked.remove(part);
                    }
                });
    }

    private Future<Void> learn(VideoId video) {
        return ports.uploads().find(video).compose(found -> {
            List<VideoId> parts = found.filter(upload -> !upload.finished())
                    .map(ResumableUpload::parts)
                    .orElse(List.of());
            return parts.isEmpty() || parts.size() > EarlySource.MOST_PARTS
                    ? Future.succeededFuture()
                    : ports.uploads().all(parts).compose(rows -> learn(video, parts, rows));
        });
    }

    private Future<Void> learn(VideoId video, List<VideoId> parts, List<ResumableUpload> rows) {
        Map<VideoId, Long> lengths = new HashMap<>();
        Set<VideoId> doubtful = new HashSet<>();
        for (ResumableUpload row : rows) {
            Long length = row.length();
            if (length != null) {
                lengths.put(row.id(), length);
            }
            if (row.unverifiedFrom() != null) {
                doubtful.add(row.id());
            }
        }
        if (lengths.size() < parts.size()) {
            return Future.succeededFuture();
        }
        List<Future<Optional<Long>>> sizes = new ArrayList<>();
        parts.forEach(part ->
                sizes.add(doubtful.contains(part) ? Future.succeededFuture(Optional.empty()) : files.durable(part)));
        return Future.all(sizes)
                .onSuccess(all -> {
                    synchronized (wholes) {
                        Whole whole = wholes.get(video);
                        if (whole == null) {
                            List<Long> inOrder = parts.stream()
                                    .map(part -> Objects.requireNonNull(lengths.get(part)))
                                    .toList();
                            whole = remember(new Whole(ports, video, parts, inOrder));
                        }
                        for (int i = 0; i < parts.size(); i++) {
                            Optional<Long> size = sizes.get(i).result();
                            whole.moved(parts.get(i), size.orElse(0L));
                        }
                        tell(whole);
                    }
                })
                .mapEmpty();
    }

    private void tell(Whole whole) {
        if (whole.parts.size() > 1) {
            whole.progress.moved(whole.total());
        }
        long arrived = whole.arrived();
        EarlyNews to = news.orElseThrow();
        to.heard(whole.video, arrived);
        if (whole.telling || arrived <= whole.told) {
            return;
        }
        whole.telling = true;
        to.arrived(whole.video, arrived)
                .onFailure(failure ->
                        LOG.debug("video={} its arrival is not recorded: {}", whole.video, failure.toString()))
                .onComplete(done -> {
                    synchronized (wholes) {
                        whole.telling = false;
                        if (done.succeeded()) {
                            whole.told = arrived;
                            if (wholes.containsKey(whole.video)) {
                                tell(whole);
                            }
                        }
                    }
                });
    }
}
