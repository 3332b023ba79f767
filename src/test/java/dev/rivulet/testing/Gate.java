package dev.rivulet.testing;

/** Lets as much work through as is told, and then knows that all of it is done: when every worker waits here again. */
public final class Gate {
    private final int workers;
    private long permits;
    private int waiting;

    /** @param workers all that come here */
    public Gate(int workers) {
        this.workers = workers;
    }

    /** A gate that stands open. */
    public static Gate open() {
        Gate gate = new Gate(0);
        gate.permits = Long.MAX_VALUE;
        return gate;
    }

    /** Waits to be let through. */
    synchronized void pass() throws InterruptedException {
        waiting++;
        notifyAll();
        while (permits == 0) {
            wait();
        }
        permits--;
        waiting--;
    }

    /** Lets so many through and waits until every worker waits for the next. */
    public synchronized void let(long number) throws InterruptedException {
        permits += number;
        notifyAll();
        while (permits > 0 || waiting < workers) {
            wait();
        }
    }

    /** Lets everybody through from now on. */
    public synchronized void end() {
        permits = Long.MAX_VALUE;
        notifyAll();
    }
}
