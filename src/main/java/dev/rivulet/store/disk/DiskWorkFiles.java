package dev.rivulet.store.disk;

import dev.rivulet.store.Extent;
import dev.rivulet.store.WorkArea;
import dev.rivulet.store.WorkFiles;
import dev.rivulet.store.WorkFolders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The work folders of this node. */
public final class DiskWorkFiles implements WorkFiles {
    private final Vertx vertx;
    private final WorkFolders folders;

    /** @param folders need not exist yet */
    public DiskWorkFiles(Vertx vertx, WorkFolders folders) {
        this.vertx = vertx;
        this.folders = folders;
    }

    @Override
    public Future<List<Item>> list(int limit) {
        return vertx.executeBlocking(
                () -> {
                    List<Item> items = new ArrayList<>();
                    for (WorkArea area : WorkArea.values()) {
                        for (String name : FileTree.names(folder(area), "", limit)) {
                            FileTree.extent(folder(area).resolve(name))
                                    .ifPresent(extent -> items.add(new Item(area, name, extent)));
                        }
                    }
                    return List.copyOf(items);
                },
                false);
    }

    @Override
    public Future<Boolean> remove(WorkArea area, String name, Instant newestBefore) {
        return vertx.executeBlocking(() -> removed(area, name, newestBefore), false);
    }

    private boolean removed(WorkArea area, String name, Instant newestBefore) throws IOException {
        Path path = folder(area).resolve(name).normalize();
        if (!folder(area).equals(path.getParent())) {
            throw new IllegalArgumentException("not a name in " + area);
        }
        Optional<Extent> extent = FileTree.extent(path);
        if (extent.isEmpty() || !extent.get().newest().isBefore(newestBefore)) {
            return false;
        }
        FileTree.delete(path);
        return true;
    }

    private Path folder(WorkArea area) {
        return folders.root().resolve(area.folder()).toAbsolutePath().normalize();
    }
}
