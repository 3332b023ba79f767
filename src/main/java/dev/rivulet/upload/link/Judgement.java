package dev.rivulet.upload.link;

import dev.rivulet.job.VideoError;
import dev.rivulet.store.PendingImport.Arrived;

/** What the head of an answer means for a file of which something may have arrived. */
public sealed interface Judgement {
    /**
     * The body is the file, or its rest.
     *
     * @param from where the body begins in the file, with what is known of the file
     */
    record Take(Arrived from) implements Judgement {}

    /** Nothing is missing: the file ends where we are. */
    record Whole() implements Judgement {}

    /** The file is somewhere else. */
    record Moved(Link to) implements Judgement {}

    /** What has arrived is of no use: to be asked for from the beginning. */
    record FromStart() implements Judgement {}

    /** Something is missing here, such as room on the disk; nobody else's failure. */
    record Hindered(String reason) implements Judgement {}

    /** Not now. */
    record Later(String reason) implements Judgement {}

    /** Not at all. */
    record Never(VideoError error) implements Judgement {}
}
