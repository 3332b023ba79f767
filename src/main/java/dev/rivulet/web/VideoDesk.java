package dev.rivulet.web;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.JoinVideo;
import dev.rivulet.bus.Contract.PublishVideo;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.Announcement;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Retry;
import dev.rivulet.store.Video;
import dev.rivulet.store.VideoStore;
import dev.rivulet.store.VideoStore.Described;
import dev.rivulet.store.VideoStore.Wanted;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be asked about videos, the same by HTTP and by event bus; every refusal is a {@link Fault}. */
public final class VideoDesk {
    /** Videos on a page when nobody says how many. */
    static final int USUAL_LIMIT = 20;

    private static final Logger LOG = LoggerFactory.getLogger(VideoDesk.class);
    private static final int MOST_CHARACTERS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VideoStore videos;
    private final MediaFiles media;
    private final Bus bus;

    /** Builds on the ports; tells the stages over {@code bus} what to do. */
    public VideoDesk(VideoStore videos, MediaFiles media, Bus bus) {
        this.videos = videos;
        this.media = media;
        this.bus = bus;
    }

    /**
     * Which videos are asked for.
     *
     * @param words with spaces between them
     * @throws Fault when the words are too long
     */
    static Wanted wanted(@Nullable VideoStatus status, @Nullable String words) {
        if (words != null && words.length() > MOST_CHARACTERS) {
            throw new Fault(400, "invalid_q", "The words of q must have at most " + MOST_CHARACTERS + " characters.");
        }
        return Wanted.of(status, words);
    }

    Future<JsonObject> list(Wanted wanted, @Nullable Integer limit, @Nullable String after) {
        return Future.succeededFuture()
                .compose(start -> videos.list(wanted, limit == null ? USUAL_LIMIT : limit, after))
                .map(VideoJson::page)
                .recover(VideoDesk::refuseCursor);
    }

    Future<Video> find(VideoId id) {
        return videos.find(id).map(VideoDesk::known);
    }

    Future<Video> describe(VideoId id, @Nullable String title, @Nullable String description) {
        return videos.describe(id, title, description).map(described -> {
            Described now = described.orElseThrow(Fault::unknownVideo);
            now.update().ifPresent(update -> bus.event(Address.EVENTS, id, update.body()));
            return now.video();
        });
    }

    /**
     * Removes rows, says so, then removes the bytes. The bytes go even when there is no row any more, so that a deletion that was cut short can
     * be repeated. Running tasks lose their leases with the rows, and with them the right to store anything.
     */
    public Future<Void> delete(VideoId id) {
        return videos.delete(id).compose(existed -> {
            bus.event(Address.STOP_VIDEO, new StopVideo(id));
            if (existed) {
                Deletion.tell(videos, bus, id);
            }
            return media.deleteAll(id)
                    .compose(done -> existed ? Future.succeededFuture() : Future.failedFuture(Fault.unknownVideo()));
        });
    }

    /**
     * Ends an unsettled video by its user's wish: what runs for it is killed, and no byte stays. The same again changes
     * nothing.
     *
     * @return the cancelled video; fails with 409 when the video has come to another end
     */
    Future<Video> cancel(VideoId id) {
        return videos.announce(id, Announcement.failed(VideoStatus.CANCELLED, null))
                .compose(update -> {
                    if (update.isPresent()) {
                        bus.event(Address.STOP_VIDEO, new StopVideo(id));
                        bus.event(Address.EVENTS, id, update.get().body());
                    }
                    return find(id);
                })
                .compose(video -> video.status() == VideoStatus.CANCELLED
                        ? tidied(video).recover(later -> tidiedLater(video, later))
                        : Future.failedFuture(new Fault(
                                409,
                                "already_settled",
                                "The video is " + video.status()
                                        + ": there is nothing to cancel. Delete it instead.")));
    }

    /**
     * Makes what is missing of a video again. While that is under way, the same again changes nothing.
     *
     * @param quality only this one, or null for all
     * @return the video as it is then; fails with 409 when nothing can be made, 400 when it has no such quality
     */
    Future<Video> retry(VideoId id, @Nullable String quality) {
        return find(id).compose(video -> checked(video, quality)).compose(video -> retried(video, quality));
    }

    private Future<Video> checked(Video video, @Nullable String quality) {
        boolean known = quality == null
                || video.renditions().stream().anyMatch(row -> row.quality().equals(quality));
        if (!known) {
            return Future.failedFuture(
                    new Fault(400, "invalid_quality", "The video has no quality of the name " + quality + "."));
        }
        if (video.status() != VideoStatus.FAILED) {
            return tidied(video);
        }
        return tidied(video)
                .compose(tidied -> media.find(video.id(), MediaFiles.SOURCE))
                .compose(source -> source.isPresent()
                        ? Future.succeededFuture(video)
                        : Future.failedFuture(new Fault(
                                409, "source_gone", "The uploaded file is not kept any more: upload it again.")));
    }

    private Future<Video> retried(Video video, @Nullable String quality) {
        VideoId id = video.id();
        return videos.retry(id, quality).compose(outcome -> {
            if (outcome instanceof Retry.Begun begun) {
                bus.event(Address.EVENTS, id, begun.update().body());
                bus.command(Address.SEGMENT_VIDEO, new SegmentVideo(id));
                bus.command(Address.ENCODE_TOP_UP, new TopUp(id));
                bus.command(Address.JOIN_VIDEO, new JoinVideo(id));
                bus.command(Address.PUBLISH_VIDEO, new PublishVideo(id));
            } else if (!(outcome instanceof Retry.Working)) {
                return Future.failedFuture(refusal(outcome, video));
            }
            return find(id);
        });
    }

    private static Fault refusal(Retry outcome, Video video) {
        if (outcome instanceof Retry.Unknown) {
            return Fault.unknownVideo();
        } else if (outcome instanceof Retry.Untidied) {
            return new Fault(503, "not_ready", "What is left of the video's end is being removed; try again.");
        } else if (outcome instanceof Retry.Nothing) {
            return new Fault(409, "nothing_to_retry", "Nothing is missing that another attempt could make.");
        }
        return new Fault(409, "not_retryable", "A video that is " + video.status() + " cannot be tried again.");
    }

    /** Has what a settled video left behind removed now rather than at the next look of recovery. */
    private Future<Video> tidied(Video video) {
        return video.tidied()
                ? Future.succeededFuture(video)
                : bus.ask(Address.PUBLISH_VIDEO.text(), new PublishVideo(video.id()), PATIENCE, Contract.Done.class)
                        .map(video);
    }

    /** What was cancelled is on record, and recovery sees to what is left of it. */
    private static Future<Video> tidiedLater(Video video, Throwable failure) {
        LOG.info("video={} what is left of it is removed later: {}", video.id(), failure.toString());
        return Future.succeededFuture(video);
    }

    /** Stores answer to a cursor that they have not made with an IllegalArgumentException. */
    private static <T> Future<T> refuseCursor(Throwable failure) {
        return Future.failedFuture(
                failure instanceof IllegalArgumentException
                        ? new Fault(400, "invalid_cursor", "The parameter after is no cursor of this list.")
                        : failure);
    }

    private static Video known(Optional<Video> video) {
        return video.orElseThrow(Fault::unknownVideo);
    }
}
