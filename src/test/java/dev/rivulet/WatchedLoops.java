package dev.rivulet;

import java.util.concurrent.TimeUnit;

/** The program, with Vert.x's checker set to report every event loop that was busy for 50 ms at a stretch. */
public final class WatchedLoops {
    private static final long LONGEST_MILLIS = 50;
    /** Looks so often that it misses nothing of note. */
    private static final long LOOK_MILLIS = 10;

    private WatchedLoops() {}

    public static void main(String[] args) {
        System.exit(Main.run(Main.options()
                .setMaxEventLoopExecuteTime(LONGEST_MILLIS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setBlockedThreadCheckInterval(LOOK_MILLIS)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)));
    }
}
