package dev.rivulet.store.redis;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static dev.rivulet.testing.Futures.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.UrgentTasksContract;
import dev.rivulet.testing.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

class RedisTaskQueueIT extends UrgentTasksContract {
    private static final String PASSWORD = "p@ss/w:rd";
    private static final int PORT = TestServers.freePort();
    private static final String URL = "redis://:p%40ss%2Fw%3Ard@127.0.0.1:" + PORT + "/1";

    private static Vertx vertx;
    private static RedisServer server;
    private static Redis admin;
    private static TaskQueue queue;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        start();
        admin = Redis.createClient(vertx, URL);
        queue = new RedisTaskQueue(vertx, URL, 16);
    }

    @AfterAll
    static void close() throws IOException {
        await(queue.close());
        await(vertx.close());
        server.stop();
    }

    private static void start() {
        server = TestServers.redis(PORT, "requirepass " + PASSWORD);
    }

    @Override
    protected TaskQueue queue() {
        return queue;
    }

    @Override
    protected void forget() {
        await(admin.send(Request.cmd(Command.FLUSHALL)));
    }

    @Test
    void aQueueOutlivesItsServer() throws IOException {
        await(queue.offer(List.of(offer(1, TaskClass.TOP))));
        Future<List<TaskId>> served = queue.take(1, LONG);
        await(served);
        Future<List<TaskId>> waiting = queue.take(1, LONG);
        until(() -> admin.send(Request.cmd(Command.INFO).arg("clients"))
                .map(info -> info.toString().contains("blocked_clients:1")));

        server.stop();
        assertThat(failure(waiting)).isNotNull();
        assertThat(failure(queue.ping())).isNotNull();
        assertThat(failure(queue.take(1, LONG))).isNotNull();
        assertThat(failure(queue.offer(List.of(offer(2, TaskClass.TOP))))).isNotNull();
        assertThat(failure(queue.depth())).isNotNull();

        start();
        until(() -> queue.ping().map(true));
        Future<List<TaskId>> again = queue.take(1, LONG);
        await(queue.offer(List.of(offer(3, TaskClass.TOP))));
        assertThat(await(again)).containsExactly(new TaskId(3));
        assertThat(await(queue.depth()).values()).containsOnly(0L);
    }

    @Test
    void aForgottenScriptIsToldAgain() {
        await(queue.offer(List.of(offer(1, TaskClass.TOP))));
        await(admin.send(Request.cmd(Command.SCRIPT).arg("FLUSH")));
        assertThat(taken(1)).containsExactly(1L);
        await(admin.send(Request.cmd(Command.SCRIPT).arg("FLUSH")));
        await(queue.offer(List.of(offer(2, TaskClass.TOP))));
        assertThat(taken(2)).containsExactly(2L);
    }

    @Test
    void offeringAgainMendsAPartialLoss() {
        await(queue.offer(List.of(offer(1, TaskClass.TOP), offer(2, TaskClass.TOP))));
        for (String lost : List.of("3:users", "depth", "sequence", "wake")) {
            await(admin.send(Request.cmd(Command.DEL).arg("rivulet:queue:" + lost)));
        }
        Future<List<TaskId>> waiting = queue.take(1, LONG);
        until(() -> admin.send(Request.cmd(Command.INFO).arg("clients"))
                .map(info -> info.toString().contains("blocked_clients:1")));
        await(queue.offer(List.of(offer(1, TaskClass.TOP), offer(2, TaskClass.TOP))));
        assertThat(await(waiting)).hasSize(1);
        assertThat(await(queue.depth()).values()).containsOnly(0L);
        assertThat(taken(2)).hasSize(1);
        assertThat(await(queue.depth()).values()).containsOnly(0L);
    }

    @Test
    void anEmptyQueueLeavesNothingBehind() {
        await(queue.offer(List.of(offer(1, TaskClass.TOP), offer(2, TaskClass.LOWEST))));
        assertThat(taken(3)).hasSize(2);
        assertThat(await(admin.send(Request.cmd(Command.KEYS).arg("*"))).toString())
                .isEqualTo("[rivulet:queue:sequence]");
    }

    @Test
    void aWrongPasswordIsAFailure() {
        TaskQueue stranger = new RedisTaskQueue(vertx, "redis://:wrong@127.0.0.1:" + PORT, 1);
        assertThat(failure(stranger.ping())).hasMessageContaining("WRONGPASS");
        await(stranger.close());
    }

    @Test
    void closingEndsAWaitingTake() {
        TaskQueue leaving = new RedisTaskQueue(vertx, URL, 1);
        await(leaving.ping());
        Future<List<TaskId>> waiting = leaving.take(1, LONG);
        until(() -> admin.send(Request.cmd(Command.INFO).arg("clients"))
                .map(info -> info.toString().contains("blocked_clients:1")));
        await(leaving.close());
        assertThat(failure(waiting)).isNotNull();
    }
}
