package dev.rivulet.store.redis;

import dev.rivulet.job.TaskClass;
import dev.rivulet.job.TaskId;
import dev.rivulet.store.TaskQueue;
import dev.rivulet.store.TaskStore.Offer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue of tasks in Redis: one sorted set. Every call makes its own connection when there is none, so that the queue
 * works again as soon as Redis is back; a call that was waiting when it went away fails.
 */
public final class RedisTaskQueue implements TaskQueue {
    private static final String TASKS = "rivulet:tasks";
    private static final String SEQUENCE = "rivulet:tasks:sequence";
    private static final int OFFERS_AT_ONCE = 500;
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(60);
    private static final int ANSWER_SECONDS = 10;

    private final Redis commands;
    /** Takes block their connection, so each has its own, and none of these is used for anything else. */
    private final Redis takes;

    /**
     * @param url {@code redis://user:password@host:port/number}, or {@code rediss://}; user and password percent-encoded
     * @param mostTakes takes that may wait at once
     */
    public RedisTaskQueue(Vertx vertx, String url, int mostTakes) {
        this.commands = client(vertx, url, 4, Duration.ofSeconds(60));
        this.takes = client(vertx, url, mostTakes, LONGEST_PATIENCE.plusSeconds(30));
    }

    @Override
    public Future<Void> offer(List<Offer> offers) {
        if (offers.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Offer> now = offers.subList(0, Math.min(OFFERS_AT_ONCE, offers.size()));
        List<Offer> later = offers.subList(now.size(), offers.size());
        return send(Request.cmd(Command.INCRBY).arg(SEQUENCE).arg(now.size()))
                .compose(last -> send(add(now, last.toLong() - now.size() + 1)))
                .compose(added -> offer(later));
    }

    @Override
    public Future<Optional<TaskId>> take(Duration patience) {
        if (patience.toMillis() <= 0) {
            return send(Request.cmd(Command.ZPOPMIN).arg(TASKS)).map(popped -> member(popped, 0));
        }
        Duration limited = patience.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : patience;
        String seconds = Double.toString(limited.toMillis() / 1000.0);
        return takes.connect()
                .compose(connection -> pop(connection, seconds).eventually(connection::close))
                .map(popped -> member(popped, 1));
    }

    @Override
    public Future<Void> withdraw(List<TaskId> tasks) {
        if (tasks.isEmpty()) {
            return Future.succeededFuture();
        }
        Request remove = Request.cmd(Command.ZREM).arg(TASKS);
        tasks.forEach(task -> remove.arg(task.toString()));
        return send(remove).mapEmpty();
    }

    @Override
    public Future<Map<TaskClass, Long>> depth() {
        List<Request> counts = Stream.of(TaskClass.values())
                .map(taskClass -> Request.cmd(Command.ZCOUNT)
                        .arg(TASKS)
                        .arg(QueuePlace.first(taskClass))
                        .arg(QueuePlace.last(taskClass)))
                .toList();
        return answered(commands.batch(counts)).map(answers -> {
            Map<TaskClass, Long> depth = new EnumMap<>(TaskClass.class);
            for (TaskClass taskClass : TaskClass.values()) {
                depth.put(taskClass, answers.get(taskClass.ordinal()).toLong());
            }
            return depth;
        });
    }

    @Override
    public Future<Void> ping() {
        return send(Request.cmd(Command.PING)).mapEmpty();
    }

    @Override
    public Future<Void> close() {
        return takes.close().eventually(commands::close);
    }

    /** What is popped for a taker that has just gone is lost here, and offered again by recovery. */
    private static Future<@Nullable Response> pop(RedisConnection connection, String seconds) {
        return connection.send(Request.cmd(Command.BZPOPMIN).arg(TASKS).arg(seconds));
    }

    private static Optional<TaskId> member(@Nullable Response popped, int at) {
        return popped == null || popped.size() <= at
                ? Optional.empty()
                : Optional.of(new TaskId(popped.get(at).toLong()));
    }

    private static Request add(List<Offer> offers, long first) {
        Request add = Request.cmd(Command.ZADD).arg(TASKS).arg("NX");
        long sequence = first;
        for (Offer offer : offers) {
            add.arg(QueuePlace.of(offer, sequence++)).arg(offer.task().toString());
        }
        return add;
    }

    private Future<Response> send(Request request) {
        return answered(commands.send(request));
    }

    private static <T> Future<T> answered(Future<T> answer) {
        return answer.timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** @param silence after which a connection is taken for dead: longer than any answer takes */
    private static Redis client(Vertx vertx, String url, int connections, Duration silence) {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(ANSWER_SECONDS))
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout((int) silence.toSeconds());
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(url)
                        .setNetClientOptions(net)
                        .setMaxPoolSize(connections)
                        .setMaxPoolWaiting(1024)
                        .setPoolCleanerInterval(10_000)
                        .setPoolRecycleTimeout(30_000));
    }
}
