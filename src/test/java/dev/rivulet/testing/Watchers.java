package dev.rivulet.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Very many clients of one server: uploads that wait in their middle, and watchers of each of these videos. */
public final class Watchers implements AutoCloseable {
    private static final int MOST_SOCKETS = 2000;
    private static final long PATIENCE_SECONDS = 240;

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final WebSocketClient sockets =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(MOST_SOCKETS));
    private final HttpClient http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(200));

    public Watchers(int port) {
        this.port = port;
    }

    /** An upload of which the rest is to come. */
    public record Upload(HttpClientRequest request, Buffer rest) {
        /** The id of the accepted video. */
        public String finish() {
            request.end(rest);
            return id(request.response());
        }

        private static String id(Future<io.vertx.core.http.HttpClientResponse> response) {
            return Futures.await(response.compose(answer -> answer.body().map(body -> {
                if (answer.statusCode() != 202) {
                    throw new AssertionError(answer.statusCode() + " " + body);
                }
                return body.toJsonObject().getString("id");
            })));
        }
    }

    /** What one watcher was told: a snapshot first, then each update by its number. */
    public static final class Watcher {
        private final String video;
        private final Promise<Void> begun = Promise.promise();
        private final Promise<Watcher> done = Promise.promise();
        private final Set<String> stages = new LinkedHashSet<>();
        private long last = -1;

        Watcher(String video) {
            this.video = video;
        }

        /** Every stage that it heard of, in the order in which it first did. */
        public Set<String> stages() {
            return stages;
        }

        private void told(String text) {
            JsonObject message = new JsonObject(text);
            String stage = message.getString("stage");
            long seq = message.getLong("seq");
            boolean inTurn = last < 0 ? stage.equals("snapshot") : seq == last + 1;
            if (!inTurn) {
                done.tryFail(video + ": " + text + " after " + last + " and " + stages);
            }
            last = seq;
            stages.add(stage);
            begun.tryComplete();
            if (stage.equals("done")) {
                done.tryComplete(this);
            } else if (stage.equals("failed")) {
                done.tryFail(text);
            }
        }
    }

    /** Begins an upload and sends a part of its file. */
    public Upload begin(Buffer film, String title) {
        String head = new Form().field("title", title).open() + "--" + Form.BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"clip.mp4\"\r\n\r\n";
        Buffer body = Buffer.buffer(head).appendBuffer(film).appendString("\r\n--" + Form.BOUNDARY + "--\r\n");
        int part = head.length() + film.length() / 2;
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.POST)
                .setURI("/videos/upload")
                .putHeader("Content-Type", Form.TYPE)
                .putHeader("Content-Length", Integer.toString(body.length()));
        HttpClientRequest request = Futures.await(http.request(options));
        Futures.await(request.write(body.slice(0, part)));
        return new Upload(request, body.slice(part, body.length()));
    }

    /** So many watchers for each video, all of which have had their snapshots. */
    public List<Watcher> watch(List<String> videos, int each) {
        List<Watcher> watchers = new ArrayList<>();
        List<Future<Void>> begun = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (String video : videos) {
                Watcher watcher = new Watcher(video);
                watchers.add(watcher);
                begun.add(connect(watcher).compose(open -> watcher.begun.future()));
            }
        }
        await(Future.all(begun));
        return watchers;
    }

    /** Waits until each has been told of the end of its video. */
    public void end(List<Watcher> watchers) {
        await(Future.all(watchers.stream().map(watcher -> watcher.done.future()).toList()));
    }

    @Override
    public void close() {
        Futures.await(vertx.close());
    }

    private Future<?> connect(Watcher watcher) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/videos/" + watcher.video + "/progress");
        return sockets.connect(options).onSuccess(socket -> {
            socket.textMessageHandler(watcher::told);
            socket.closeHandler(
                    gone -> watcher.done.tryFail(watcher.video + ": closed with " + socket.closeStatusCode()));
        });
    }

    private static void await(Future<?> all) {
        try {
            all.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
