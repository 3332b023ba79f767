package dev.rivulet.store;

/** What became of the wish to try a settled or failing video again. */
public sealed interface Retry {
    /** What is missing will be made; the update tells of it. */
    record Begun(Update update) implements Retry {}

    /** Nothing of it has failed, and work goes on. */
    record Working() implements Retry {}

    /** Nothing is missing that another attempt could make. */
    record Nothing() implements Retry {}

    /** The video is arriving, was cancelled, or has no such quality. */
    record Refused() implements Retry {}

    /** What it left behind when it settled is still being removed. */
    record Untidied() implements Retry {}

    /** There is no such video. */
    record Unknown() implements Retry {}
}
