package dev.rivulet.testing;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The live updates of one video, as a WebSocket client gets them. */
public final class Updates implements AutoCloseable {
    private static final Set<String> LAST = Set.of("done", "failed");

    private final List<JsonObject> messages = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private WebSocket socket;

    private record Waiting(Predicate<JsonObject> wanted, CompletableFuture<JsonObject> found) {}

    private Updates() {}

    static Updates follow(HttpClient http, URI uri) {
        Updates updates = new Updates();
        updates.socket = http.newWebSocketBuilder()
                .buildAsync(uri, updates.new Listener())
                .join();
        return updates;
    }

    /** All messages so far, in the order of their arrival. */
    public synchronized List<JsonObject> messages() {
        return List.copyOf(messages);
    }

    public List<String> stages() {
        return messages().stream().map(message -> message.getString("stage")).toList();
    }

    /** Waits for the end of the video. */
    public JsonObject end(long seconds) {
        return await(
                seconds,
                message -> LAST.contains(message.getString("stage"))
                        || Set.of("COMPLETED", "FAILED", "PARTIAL").contains(message.getString("status")));
    }

    public JsonObject stage(long seconds, String stage) {
        return await(seconds, message -> stage.equals(message.getString("stage")));
    }

    /** Waits until the video is so many percent done. */
    public JsonObject progress(long seconds, double percent) {
        return await(seconds, message -> message.getDouble("progress", 0.0) >= percent);
    }

    /** Waits for a message. */
    public JsonObject await(long seconds, Predicate<JsonObject> wanted) {
        CompletableFuture<JsonObject> found = new CompletableFuture<>();
        synchronized (this) {
            messages.stream().filter(wanted).findFirst().ifPresent(found::complete);
            waiting.add(new Waiting(wanted, found));
        }
        try {
            return found.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not within " + seconds + " s; there were " + messages(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void add(JsonObject message) {
        messages.add(message);
        for (Waiting one : waiting) {
            if (one.wanted().test(message)) {
                one.found().complete(message);
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                add(new JsonObject(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
