package dev.rivulet.upload;

import dev.rivulet.bus.Address;
import dev.rivulet.bus.Bus;
import dev.rivulet.bus.Contract.SegmentVideo;
import dev.rivulet.bus.Contract.TopUp;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.ArrivalStore.Worth;
import io.vertx.core.Future;

/** Tells the other stages of this node how much of a video is on stable storage. */
record EarlyNews(Bus bus, ArrivalPorts to) {
    /** Tells those who read along; rows speak of it later. */
    void heard(VideoId video, long bytes) {
        to.now().moved(video, bytes);
    }

    /**
     * More has arrived.
     *
     * @param bytes from the beginning; a second part is there whole. They never change
     * @return completes when it is on record, and said where something can be done about it
     */
    Future<Void> arrived(VideoId video, long bytes) {
        heard(video, bytes);
        return to.rows()
                .arrived(video, bytes)
                .onSuccess(worth -> act(video, worth))
                .mapEmpty();
    }

    /** Nothing more arrives of it. */
    void end(VideoId video) {
        to.now().forget(video);
    }

    private void act(VideoId video, Worth worth) {
        if (worth.look()) {
            bus.command(Address.SEGMENT_VIDEO, new SegmentVideo(video));
        }
        if (worth.tasks()) {
            bus.command(Address.ENCODE_TOP_UP, new TopUp(video));
        }
    }
}
