package dev.rivulet.store;

/**
 * Says whether a caller may still change files that others see. It is asked immediately before each change, because
 * between any two instructions a process may be stopped for as long as it takes others to go on without it.
 */
@FunctionalInterface
public interface Fence {
    /** For callers whom nobody replaces. */
    Fence OPEN = () -> true;

    /** Whether the caller may go on. Never blocks; asked on any thread. */
    boolean open();
}
