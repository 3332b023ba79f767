package dev.rivulet.store;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Lets one node at a time do what concerns all of them. */
@FunctionalInterface
public interface ClusterLock {
    /**
     * Does some work, unless another node is just doing it. The lock ends with the work, and within seconds with the
     * process, be that killed or only stopped: work that goes on longer may be met by another's and has to bear that.
     *
     * @return whether it was done here; fails as the work does
     */
    Future<Boolean> alone(Supplier<Future<Void>> work);
}
