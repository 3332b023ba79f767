package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.DiskFull;
import dev.rivulet.testing.Futures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call is made on the event loop of the file, as its users do. */
class AppendedFileIT {
    private static final long ANY = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        Futures.await(vertx.close());
    }

    @Test
    void bytesLieInTheOrderInWhichTheyCameHoweverManyWait() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(3).nextBytes(bytes);
        AppendedFile file = created("new/file", 0, ANY);
        long length = await(() -> {
            for (int at = 0; at < bytes.length; at += 1000) {
                file.write(Buffer.buffer().appendBytes(bytes, at, 1000));
            }
            return file.settle();
        });
        assertThat(length).isEqualTo(bytes.length);
        await(file::close);
        assertThat(Files.readAllBytes(folder.resolve("new/file"))).isEqualTo(bytes);
    }

    @Test
    void whoSendsTooFastIsToldWhenToGoOn() {
        AppendedFile file = created("file", 0, ANY);
        boolean full = await(() -> {
            Promise<Boolean> drained = Promise.promise();
            file.drainHandler(now -> drained.tryComplete(file.writeQueueFull()));
            while (!file.writeQueueFull()) {
                file.write(Buffer.buffer(new byte[100_000]));
            }
            return drained.future();
        });
        assertThat(full).isFalse();
    }

    @Test
    void whatIsBeyondTheLimitIsNotTaken() throws IOException {
        AppendedFile file = created("file", 0, 8);
        await(() -> file.write(Buffer.buffer("in time")));
        assertThat(failure(() -> file.write(Buffer.buffer("too much")))).hasMessageContaining("too large");
        assertThat(file.over()).isTrue();
        assertThat(await(file::settle)).isEqualTo(7);
        assertThat(Files.readString(folder.resolve("file"))).isEqualTo("in time");
    }

    @Test
    void goesOnBehindWhatIsVouchedFor() throws IOException {
        Files.writeString(folder.resolve("file"), "vouched for and not");
        AppendedFile file = created("file", 11, ANY);
        assertThat(file.length()).isEqualTo(11);
        await(() -> file.write(Buffer.buffer(", and more")));
        await(() -> file.cut(15));
        await(() -> file.write(Buffer.buffer(" other")));
        assertThat(await(file::settle)).isEqualTo(21);
        assertThat(Files.readString(folder.resolve("file"))).isEqualTo("vouched for, an other");

        assertThat(created("file", 100, ANY).length()).isZero();
    }

    @Test
    void aFollowerHearsOfTheLastByteThoughNothingComesAfterIt() {
        AppendedFile file = created("file", 0, ANY);
        long durable = await(() -> {
            Promise<Long> heard = Promise.promise();
            file.follow(bytes -> {
                if (bytes == 9) {
                    heard.complete(bytes);
                }
            });
            return file.write(Buffer.buffer("first"))
                    .compose(written -> file.write(Buffer.buffer("last")))
                    .compose(written -> heard.future());
        });
        assertThat(durable).isEqualTo(9);
    }

    @Test
    void nothingFollowsAWriteThatFailed() {
        AppendedFile file = await(() -> AppendedFile.open(vertx, Path.of("/dev/full"), 0, null));
        assertThat(DiskFull.in(failure(() -> file.write(Buffer.buffer("no room")))))
                .isTrue();
        assertThat(file.failure().failed()).isTrue();
        assertThat(DiskFull.in(failure(() -> file.write(Buffer.buffer("more")))))
                .isTrue();
        assertThat(DiskFull.in(failure(file::settle))).isTrue();
        await(file::close);
    }

    private AppendedFile created(String name, long length, long limit) {
        return await(() -> AppendedFile.create(vertx, folder.resolve(name), length, limit));
    }

    private <T> T await(Supplier<Future<T>> call) {
        return Futures.await(onLoop(call));
    }

    private Throwable failure(Supplier<? extends Future<?>> call) {
        return Futures.failure(onLoop(() -> call.get().<Object>mapEmpty()));
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> call) {
        Promise<T> done = Promise.promise();
        context.runOnContext(now -> call.get().onComplete(done));
        return done.future();
    }
}
