package dev.rivulet.store;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** What lies on this node's disk under {@link WorkFolders}, for whoever looks for what was left there. */
public interface WorkFiles {
    /** What is there, at most {@code limit} of each area. */
    Future<List<Item>> list(int limit);

    /**
     * Removes an item, unless anything in it was changed at {@code newestBefore} or later.
     *
     * @return false when it is not there, or was changed
     */
    Future<Boolean> remove(WorkArea area, String name, Instant newestBefore);

    /**
     * A folder or file.
     *
     * @param name its own name, without its area's
     */
    record Item(WorkArea area, String name, Extent extent) {}
}
