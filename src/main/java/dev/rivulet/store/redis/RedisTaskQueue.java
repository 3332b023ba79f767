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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The queue of tasks in Redis, with a share for each user, by two scripts in {@code resources/redis/}. Every call makes its
 * own connection when there is none, so that the queue works again as soon as Redis is back; a call that was waiting when
 * it went away fails.
 */
public final class RedisTaskQueue implements TaskQueue {
    private static final String QUEUE = "rivulet:queue";
    private static final String WAKE = QUEUE + ":wake";
    private static final String DEPTH = QUEUE + ":depth";
    private static final RedisScript OFFER = RedisScript.of("offer.lua");
    private static final RedisScript TAKE = RedisScript.of("take.lua");
    private static final String URGENT_WAKE = WAKE + ":urgent";
    /** Classes that have a token of their own, for takers who want nothing else. */
    private static final int URGENT = TaskClass.LOWEST.ordinal() + 1;

    private static final int OFFERS_AT_ONCE = 500;
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(60);
    private static final long MOST_MILLIS = LONGEST_PATIENCE.toMillis();
    private static final int ANSWER_SECONDS = 10;

    private final Redis commands;
    /** Waiting blocks a connection, so each taker has its own, and none of these is used for anything else. */
    private final Redis waits;

    /**
     * @param url {@code redis://user:password@host:port/number}, or {@code rediss://}; user and password percent-encoded
     * @param mostTakes takes that may wait at once
     */
    public RedisTaskQueue(Vertx vertx, String url, int mostTakes) {
        this.commands = client(vertx, url, 4, Duration.ofSeconds(60));
        this.waits = client(vertx, url, mostTakes, LONGEST_PATIENCE.plusSeconds(30));
    }

    @Override
    public Future<Void> offer(List<Offer> offers) {
        if (offers.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Offer> now = offers.subList(0, Math.min(OFFERS_AT_ONCE, offers.size()));
        List<Offer> later = offers.subList(now.size(), offers.size());
        List<String> words = Stream.concat(
                        Stream.of(Integer.toString(URGENT)), now.stream().flatMap(RedisTaskQueue::words))
                .toList();
        return OFFER.run(this::send, QUEUE, words).compose(offered -> offer(later));
    }

    @Override
    public Future<List<TaskId>> take(TaskClass last, int most, Duration patience) {
        return take(last.ordinal() + 1, most, System.nanoTime() + patience.toNanos());
    }

    @Override
    public Future<Map<TaskClass, Long>> depth() {
        Request request = Request.cmd(Command.HMGET).arg(DEPTH);
        for (TaskClass taskClass : TaskClass.values()) {
            request.arg(taskClass.ordinal());
        }
        return send(request).map(counts -> {
            Map<TaskClass, Long> depth = new EnumMap<>(TaskClass.class);
            for (TaskClass taskClass : TaskClass.values()) {
                Response count = counts.get(taskClass.ordinal());
                // Redis may have lost a part of what was counted.
                depth.put(taskClass, count == null ? 0 : Math.max(0, count.toLong()));
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
        return waits.close().eventually(commands::close);
    }

    /** What is taken for a taker that has just gone is lost here, and offered again by recovery. */
    private Future<List<TaskId>> take(int classes, int most, long end) {
        List<String> words =
                Stream.of(classes, most, URGENT).map(String::valueOf).toList();
        return TAKE.run(this::send, QUEUE, words).compose(taken -> {
            long patience = Math.min(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()), MOST_MILLIS);
            if (taken.size() > 0 || patience <= 0) {
                return Future.succeededFuture(
                        taken.stream().map(task -> new TaskId(task.toLong())).toList());
            }
            return waits.connect()
                    .compose(connection -> wake(connection, classes, patience).eventually(connection::close))
                    .compose(woken -> woken ? take(classes, most, end) : Future.succeededFuture(List.of()));
        });
    }

    /** Waits until there may be something to take; false when patience ended. */
    private static Future<Boolean> wake(RedisConnection connection, int classes, long millis) {
        String seconds = Double.toString(millis / 1000.0);
        String token = classes > URGENT ? WAKE : URGENT_WAKE;
        return connection
                .send(Request.cmd(Command.BLPOP).arg(token).arg(seconds))
                .map(got -> got != null);
    }

    private static Stream<String> words(Offer offer) {
        return Stream.of(
                offer.task().toString(),
                Integer.toString(offer.taskClass().ordinal()),
                offer.user(),
                Long.toString(QueuePlace.ahead(offer.priority(), offer.chunks())));
    }

    private Future<Response> send(Request request) {
        return commands.send(request).timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
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
