package dev.rivulet.upload.link;

import java.time.Duration;
import java.util.Optional;

/** Counts tries at one file. A try that came further than any before it is not in vain. */
public final class Tries {
    private final Patience patience;
    private long farthest;
    private int vain;

    /** @param reached bytes that were there before the first try */
    public Tries(Patience patience, long reached) {
        this.patience = patience;
        this.farthest = reached;
    }

    /**
     * A try has failed.
     *
     * @param reached bytes that are there now
     * @return the pause before the next one, empty when it is to be given up
     */
    public Optional<Duration> failed(long reached) {
        vain = reached > farthest ? 1 : vain + 1;
        farthest = Math.max(farthest, reached);
        if (vain >= patience.fruitless()) {
            return Optional.empty();
        }
        Duration pause = patience.pause().multipliedBy(1L << Math.min(vain - 1, 20));
        return Optional.of(pause.compareTo(patience.longestPause()) < 0 ? pause : patience.longestPause());
    }
}
