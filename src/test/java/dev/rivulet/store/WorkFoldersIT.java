package dev.rivulet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Futures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersIT {
    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Futures.await(vertx.close());
    }

    @Test
    void aFolderGoesWithAllThatIsInItAndOneThatIsNotThereIsNoFailure() throws IOException {
        Path folder = Files.createDirectories(root.resolve("a/b"));
        Files.writeString(folder.resolve("c"), "c");
        Futures.await(WorkFolders.remove(vertx, root.resolve("a")));
        assertThat(root.resolve("a")).doesNotExist();
        Futures.await(WorkFolders.remove(vertx, root.resolve("a")));
    }

    /** As long as a process writes there, its folder cannot go. */
    @Test
    void aFolderThatSomebodyStillWritesIntoGoesAsSoonAsThatEnds() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(root.resolve("busy"));
        Process writer = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "while :; do mkdir -p \"$0\"; for i in 1 2 3 4 5 6 7 8; do : > \"$0/$i\"; done; done",
                        folder.toString())
                .start();
        try {
            Futures.until(() -> Future.succeededFuture(Files.exists(folder.resolve("8"))));
            Future<Void> removed = WorkFolders.remove(vertx, folder);
            Futures.until(() -> Future.succeededFuture(Files.exists(folder.resolve("8"))));
            writer.destroyForcibly().waitFor();
            Futures.await(removed);
            Futures.await(WorkFolders.remove(vertx, folder));
            assertThat(folder).doesNotExist();
        } finally {
            writer.destroyForcibly();
        }
    }
}
