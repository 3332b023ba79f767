package dev.rivulet.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A running server as its clients see it. */
public interface Site {
    HttpClient HTTP = HttpClient.newHttpClient();

    /** @param path with its leading slash */
    URI uri(String path);

    /** Whom it is asked with. */
    default HttpClient http() {
        return HTTP;
    }

    default HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    default HttpResponse<byte[]> bytes(String path) {
        try {
            return http().send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    default HttpResponse<String> send(HttpRequest request) {
        try {
            return http().send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Uploads a file; the answer is the video. */
    default JsonObject upload(Path file, String title) {
        HttpResponse<String> answer = send(UploadForm.request(uri("/videos/upload"), file, title));
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** The problem that an upload is refused with. */
    default JsonObject refusal(Path file) {
        HttpResponse<String> answer = send(UploadForm.request(uri("/videos/upload"), file, "refused"));
        if (answer.statusCode() < 400) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** Follows a video from its first update to its last. */
    default Updates follow(String id) {
        return follow(id, 0);
    }

    /** Follows a video from the update after {@code seq} to the next end. */
    default Updates follow(String id, long seq) {
        String path = "/videos/" + id + "/progress?after=" + seq;
        return Updates.follow(http(), URI.create(uri(path).toString().replaceFirst("^http", "ws")));
    }

    /** The video now. */
    default JsonObject video(String id) {
        return new JsonObject(get("/videos/" + id).body());
    }

    /** Its chunk plan and the state of its work. */
    default JsonObject manifest(String id) {
        return new JsonObject(get("/videos/" + id + "/manifest").body());
    }
}
