package dev.rivulet.ffmpeg;

import dev.rivulet.job.FailureKind;

/** What came of a look at an untrusted file. */
public sealed interface Probed {
    /** A reader was found for it. */
    record Read(ProbedFile file) implements Probed {}

    /** No reader that may be used makes sense of it. */
    record Unreadable() implements Probed {}

    /** It holds more to tell than any video does. */
    record TooMuch() implements Probed {}

    /** The look took too long. */
    record TimedOut() implements Probed {}

    /** It was broken off and says nothing about the file. */
    record BrokenOff(String reason) implements Probed {}

    /** Of an ffprobe that was killed. */
    static Probed without(Killed why) {
        return why.kind() == FailureKind.TIMEOUT ? new TimedOut() : new BrokenOff("ffprobe " + why.reason());
    }
}
