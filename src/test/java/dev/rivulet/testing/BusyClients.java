package dev.rivulet.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One client that uploads, renames and deletes and one that reads, without a pause, at whichever of several servers
 * answers. They keep book of what they were told; a lost connection or a 503 of a server that stops makes them ask the next.
 */
public final class BusyClients implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<URI> servers;
    private final Path clip;
    private final int mostUploads;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> titles = new ConcurrentHashMap<>();
    private final Set<String> doomed = ConcurrentHashMap.newKeySet();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final List<String> surprises = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /**
     * @param servers their addresses, which stay the same when they are started again
     * @param clip what is uploaded
     * @param mostUploads after these nothing more is uploaded, only changed and read
     */
    public BusyClients(List<URI> servers, Path clip, int mostUploads) {
        this.servers = List.copyOf(servers);
        this.clip = clip;
        this.mostUploads = mostUploads;
        threads.add(new Thread(this::write, "writes"));
        threads.add(new Thread(this::read, "reads"));
    }

    public void begin() {
        threads.forEach(Thread::start);
    }

    /** Title that each accepted video must have, by id; without those whose deletion was answered. */
    public Map<String, String> titles() {
        return Map.copyOf(titles);
    }

    /** Videos whose deletion was answered. */
    public Set<String> deleted() {
        return Set.copyOf(deleted);
    }

    /** Answers that nobody should get. */
    public List<String> surprises() {
        return List.copyOf(surprises);
    }

    public int reads() {
        return reads.get();
    }

    /** How often a server did not answer, or said that it stops. */
    public int turnedAway() {
        return turnedAway.get();
    }

    /** Ends them, each after its current request. */
    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void write() {
        for (int number = 0; !over; number++) {
            if (number < mostUploads) {
                upload("video " + number);
            }
            List<String> known = List.copyOf(titles.keySet());
            if (!known.isEmpty()) {
                rename(known.get(number % known.size()), "renamed " + number);
            }
            if (number % 5 == 4 && known.size() > 3) {
                delete(known.get(0));
            }
        }
    }

    private void upload(String title) {
        HttpResponse<String> answer = ask(server -> UploadForm.request(server.resolve("/videos/upload"), clip, title));
        if (expected("upload", answer, 202)) {
            titles.put(new JsonObject(answer.body()).getString("id"), title);
        }
    }

    private void rename(String id, String title) {
        String body = new JsonObject().put("title", title).encode();
        HttpResponse<String> answer = ask(server -> HttpRequest.newBuilder(server.resolve("/videos/" + id))
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body))
                .build());
        if (expected("rename", answer, 200)) {
            titles.put(id, title);
        }
    }

    private void delete(String id) {
        // From the request on, not only from its answer: readers may find part of it gone already.
        doomed.add(id);
        HttpResponse<String> answer = ask(server ->
                HttpRequest.newBuilder(server.resolve("/videos/" + id)).DELETE().build());
        // The first answer may have been lost.
        if (expected("delete", answer, 204, 404)) {
            titles.remove(id);
            deleted.add(id);
        }
    }

    private void read() {
        while (!over) {
            for (String id : titles.keySet()) {
                HttpResponse<String> answer = get("/videos/" + id);
                if (answer == null || gone(id, answer)) {
                    continue;
                }
                if (!expected("video", answer, 200)) {
                    return;
                }
                JsonObject video = new JsonObject(answer.body());
                for (String key : List.of("masterUrl", "previewUrl", "thumbnailUrl")) {
                    HttpResponse<String> file = video.getString(key) == null ? null : get(video.getString(key));
                    if (file != null && !gone(id, file) && expected(key, file, 200)) {
                        reads.incrementAndGet();
                    }
                }
            }
        }
    }

    private boolean gone(String id, HttpResponse<String> answer) {
        return answer.statusCode() == 404 && doomed.contains(id);
    }

    private HttpResponse<String> get(String path) {
        return ask(server -> HttpRequest.newBuilder(server.resolve(path)).build());
    }

    private boolean expected(String what, HttpResponse<String> answer, Integer... statuses) {
        if (answer == null) {
            return false;
        }
        boolean expected = List.of(statuses).contains(answer.statusCode());
        if (!expected) {
            surprises.add(what + " " + answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return expected;
    }

    /** The first answer that tells more than that a server stops; null when it is all over before. */
    private HttpResponse<String> ask(Function<URI, HttpRequest> request) {
        for (int turn = 0; !over; turn++) {
            try {
                HttpResponse<String> answer =
                        client.send(request.apply(servers.get(turn % servers.size())), BodyHandlers.ofString());
                if (answer.statusCode() != 503) {
                    return answer;
                }
                expectStopping(answer);
            } catch (IOException lost) {
                turnedAway.incrementAndGet();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return null;
    }

    private void expectStopping(HttpResponse<String> answer) {
        turnedAway.incrementAndGet();
        if (!answer.body().contains("\"stopping\"")
                || answer.headers().firstValue("retry-after").isEmpty()) {
            surprises.add(answer.uri() + ": " + answer.body());
        }
    }
}
