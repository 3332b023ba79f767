package dev.rivulet.web;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.VideoStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How everybody who looks at a video hears that it is gone, whoever removed its rows. */
public final class Deletion {
    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

    private Deletion() {}

    /** Says the last update of a video whose rows are removed. What is not heard is asked for: nobody waits for this. */
    public static void tell(VideoStore videos, Bus bus, VideoId id) {
        videos.removal(id)
                .onSuccess(removal -> removal.ifPresent(update -> bus.event(Address.EVENTS, id, update.body())))
                .onFailure(failure -> LOG.info("video={} its deletion was not told: {}", id, failure.toString()));
    }
}
