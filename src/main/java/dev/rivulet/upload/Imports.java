package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Fault;
import dev.rivulet.config.Settings;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.PendingImport;
import dev.rivulet.store.PendingImport.Arrived;
import dev.rivulet.store.Video;
import dev.rivulet.upload.LinkImport.Halt;
import dev.rivulet.upload.link.Doorman;
import dev.rivulet.upload.link.Link;
import dev.rivulet.web.Leaving;
import dev.rivulet.web.LinkImporter;
import dev.rivulet.web.Wording;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The imports of this node. Begun from any thread, fetched on one event loop. */
public final class Imports implements LinkImporter {
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    private final Vertx vertx;
    private final Ports ports;
    private final ImportParts parts;
    private final Settings.Import settings;
    private final ImportLimits limits;
    private final Map<VideoId, Running> running = new HashMap<>();
    private volatile @Nullable Context context;
    private boolean closed;

    private record Running(LinkImport work, Future<Void> over) {}

    /** @param maxBytes of one file */
    public Imports(Vertx vertx, Ports ports, ImportParts parts, Settings.Import settings, long maxBytes) {
        this.vertx = vertx;
        this.ports = ports;
        this.parts = parts;
        this.settings = settings;
        this.limits = new ImportLimits(maxBytes, settings.maxRedirects(), settings.maxDuration());
    }

    @Override
    public Future<Video> begin(Wish wish) {
        Context home = context;
        if (!settings.enabled()) {
            return Future.failedFuture(new Fault(403, "import_disabled", "This server fetches nothing by link."));
        } else if (home == null) {
            return Future.failedFuture(Leaving.refusal());
        }
        Link link = Link.parse(wish.url())
                .orElseThrow(() -> new Fault(
                        400, "invalid_url", "The url must be an http or https address, without user and password."));
        NewVideo row = row(wish, link);
        return parts.doorman()
                .admit(link)
                .recover(refused -> Future.failedFuture(Doorman.refusal()))
                .compose(admitted -> parts.admission().enter(0))
                .compose(ticket -> parts.store()
                        .create(row, wish.url())
                        .onFailure(failed -> ticket.leave())
                        .onSuccess(created -> home.runOnContext(now -> start(
                                new PendingImport(row.id(), wish.url(), Arrived.NOTHING, Duration.ZERO, false),
                                link,
                                ticket))))
                .compose(created -> ports.videos().find(row.id()))
                .map(found -> found.orElseThrow(Fault::unknownVideo));
    }

    /** Fetches from now on, on this event loop, and goes on with what earlier processes have begun. */
    Future<Void> open(Context home) {
        context = home;
        return ports.bus()
                .serve(Address.STOP_VIDEO, StopVideo.class, order -> {
                    home.runOnContext(now -> halt(order.video()));
                    return Future.succeededFuture(new Contract.Done());
                })
                .compose(served -> parts.store().pending())
                .onSuccess(this::goOn)
                .mapEmpty();
    }

    /** Ends what is under way, for the next start to go on with; completes when all of it is on record. */
    Future<Void> close() {
        context = null;
        closed = true;
        List<Running> all = List.copyOf(running.values());
        all.forEach(one -> one.work().halt(Halt.LEFT));
        return Future.join(all.stream().map(Running::over).toList()).mapEmpty();
    }

    private void goOn(List<PendingImport> begun) {
        if (!settings.enabled()) {
            begun.forEach(one -> LOG.warn("video={} its import waits until import.enabled is true", one.video()));
            return;
        }
        for (PendingImport one : begun) {
            Link.parse(one.url())
                    .ifPresentOrElse(
                            link -> start(one, link, parts.admission().readmit()),
                            () -> LOG.error("video={} its link cannot be read any more", one.video()));
        }
    }

    private void start(PendingImport begun, Link link, Admission.Ticket ticket) {
        if (closed) {
            ticket.leave();
            return;
        }
        LinkImport work = new LinkImport(vertx, ports, parts, limits, begun, link);
        Future<Void> over = work.run(ticket);
        running.put(begun.video(), new Running(work, over));
        over.onComplete(done -> running.remove(begun.video()));
    }

    private void halt(VideoId video) {
        Running one = running.get(video);
        if (one != null) {
            one.work().halt(Halt.UNWANTED);
        }
    }

    private static NewVideo row(Wish wish, Link link) {
        FileName name = FileName.of(link.fileName());
        String title = wish.title();
        String description = wish.description();
        return new NewVideo(
                VideoId.random(),
                title == null || title.isBlank() ? name.title() : Wording.title(title),
                description == null || description.isBlank() ? null : Wording.description(description),
                name.text(),
                0,
                wish.priority(),
                UploadingVideo.USER);
    }
}
