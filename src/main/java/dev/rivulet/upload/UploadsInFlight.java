package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.web.Leaving;
import io.vertx.core.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The uploads that are being received, for a stop to tell those that cannot end in time. One per node. */
public final class UploadsInFlight {
    private final Map<Object, Upload> uploads = new ConcurrentHashMap<>();

    private final Leaving leaving;
    private volatile boolean brokenOff;

    /** @param leaving tells when no upload is to begin any more */
    public UploadsInFlight(Leaving leaving) {
        this.leaving = leaving;
    }

    private record Upload(Context context, Consumer<Fault> refuse) {
        void tell() {
            context.runOnContext(now -> refuse.accept(Leaving.refusal()));
        }
    }

    /** Whether uploads may begin. */
    boolean open() {
        return !leaving.begun();
    }

    /**
     * Remembers an upload until it leaves.
     *
     * @param refuse called on {@code context}; must be harmless when the upload is over already
     */
    void enter(Object upload, Context context, Consumer<Fault> refuse) {
        Upload entered = new Upload(context, refuse);
        uploads.put(upload, entered);
        if (brokenOff) {
            entered.tell();
        }
    }

    void leave(Object upload) {
        uploads.remove(upload);
    }

    /** Breaks off what is being received: clients are told, and nothing is left of it. From any thread. */
    public void breakOff() {
        brokenOff = true;
        uploads.values().forEach(Upload::tell);
    }
}
