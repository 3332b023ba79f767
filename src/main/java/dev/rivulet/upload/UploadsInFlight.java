package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract;
import dev.rivulet.bus.Contract.StopVideo;
import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.web.Leaving;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uploads that are being received, for a stop to tell those that cannot end in time, and to end at once those whose
 * video is cancelled or deleted. One per node.
 */
public final class UploadsInFlight {
    private final Map<Upload, Context> uploads = new ConcurrentHashMap<>();

    private final Leaving leaving;
    private volatile boolean brokenOff;

    /** @param leaving tells when no upload is to begin any more */
    public UploadsInFlight(Leaving leaving) {
        this.leaving = leaving;
    }

    /** One that is being received. All but its own context leave it alone. */
    interface Upload {
        /** Breaks it off; harmless when it is over. */
        void refuse(Fault reason);

        /** Whether it is of this video. */
        boolean receives(VideoId video);
    }

    /** Hears from now on of videos that are not wanted any more. */
    public Future<Void> listen(Bus bus) {
        return bus.serve(Address.STOP_VIDEO, StopVideo.class, order -> {
            uploads.forEach((upload, context) -> context.runOnContext(now -> {
                if (upload.receives(order.video())) {
                    upload.refuse(Reception.deleted());
                }
            }));
            return Future.succeededFuture(new Contract.Done());
        });
    }

    /** Whether uploads may begin. */
    boolean open() {
        return !leaving.begun();
    }

    /**
     * Remembers an upload until it leaves.
     *
     * @param context on which it is called
     */
    void enter(Upload upload, Context context) {
        uploads.put(upload, context);
        if (brokenOff) {
            tell(upload, context);
        }
    }

    void leave(Upload upload) {
        uploads.remove(upload);
    }

    /** Breaks off what is being received: clients are told, and nothing is left of it. From any thread. */
    public void breakOff() {
        brokenOff = true;
        uploads.forEach(UploadsInFlight::tell);
    }

    private static void tell(Upload upload, Context context) {
        context.runOnContext(now -> upload.refuse(Leaving.refusal()));
    }
}
