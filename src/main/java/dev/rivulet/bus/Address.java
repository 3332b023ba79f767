package dev.rivulet.bus;

/**
 * Every address on the event bus. No order is promised between messages; each may be lost, doubled or late: receivers
 * re-read the rows and act only on what these say.
 */
public enum Address {
    /**
     * upload, recovery → segment. Command {@link Contract.SegmentVideo}, or ask, of a video that arrives from its beginning once
     * more: answered when nothing that was made of it before is left. Lost: recovery says it again; the asker's timeout.
     */
    SEGMENT_VIDEO("rivulet.segment.video"),
    /** segment, encode, recovery → encode. Command {@link Contract.TopUp}. Lost: recovery says it again. */
    ENCODE_TOP_UP("rivulet.encode.top-up"),
    /** encode → encode, one address per slot, within a node. Ask {@link Contract.RunTask}. Lost: the lease expires. */
    ENCODE_SLOT("rivulet.encode.slot"),
    /** encode slot → dispatcher, within a node. Command {@link Contract.TaskTick}. Lost: progress is told later. */
    ENCODE_TICK("rivulet.encode.tick"),
    /** encode, recovery → join. Command {@link Contract.JoinVideo}. Lost: the next one or recovery says it again. */
    JOIN_VIDEO("rivulet.join.video"),
    /**
     * web → upload, segment, encode, join, on every node. Event {@link Contract.StopVideo}. Lost: what runs finds its right
     * gone when it renews it or is done.
     */
    STOP_VIDEO("rivulet.video.stop"),
    /**
     * segment → encode, within a node. Ask {@link Contract.StopVideo}: answered when nothing of the video is at work any more,
     * and nothing of it will be stored. Lost: the asker's timeout.
     */
    ENCODE_STOP("rivulet.encode.stop"),
    /** segment, encode, join, recovery → publish. Command {@link Contract.PublishVideo}. Lost: recovery repeats it. */
    PUBLISH_VIDEO("rivulet.publish.video"),
    /** recovery → publish. Ask {@link Contract.WriteMaster}. Lost: housekeeping finds it missing again. */
    PUBLISH_MASTER("rivulet.publish.master"),
    /** encode → publish. Command {@link Contract.ReportProgress}. Lost: the next one tells. */
    PUBLISH_PROGRESS("rivulet.publish.progress"),
    /** upload → publish. Command {@link Contract.UploadMoved}. Lost: the next one tells. */
    PUBLISH_UPLOAD("rivulet.publish.upload"),
    /**
     * publish, web, upload, recovery → everybody, also outside. Event: a public update, JSON. Lost: clients ask with {@code
     * after}, or for the list.
     */
    EVENTS("rivulet.events"),
    /** outside → web. Ask: a public request, JSON. Lost: the asker's timeout. */
    VIDEOS("rivulet.videos");

    private final String text;

    Address(String text) {
        this.text = text;
    }

    /** The address as the bus knows it. */
    public String text() {
        return text;
    }

    /** The address of one member of a family, such as one slot or one video. */
    public String of(Object member) {
        return text + "." + member;
    }
}
