package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.store.Video;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Objects;

/** Imports at a server. */
public record Importing(WebFixture server) {
    /** A server that imports in another way than from this machine. */
    public static WebFixture server(LinkSetting links) {
        return new WebFixture(WebFixture.USUAL, false, links);
    }

    public HttpResponse<String> ask(JsonObject body) {
        return server.send("POST", "/videos/import", body.encode(), "Content-Type", "application/json");
    }

    /** Begins to import; must be accepted. */
    public VideoId begin(String url) {
        HttpResponse<String> answer = ask(new JsonObject().put("url", url));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return VideoId.parse(new JsonObject(answer.body()).getString("id")).orElseThrow();
    }

    /** The code of the problem that it is refused with. */
    public String refusal(String url, int status) {
        HttpResponse<String> answer = ask(new JsonObject().put("url", url));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body()).getString("code");
    }

    /** Links that are on record. */
    public long links() {
        return server.number("SELECT count(*) FROM imports");
    }

    /** Bytes of an import that are on record. */
    public long recorded(VideoId id) {
        return server.number("SELECT coalesce(max(received), 0) FROM imports WHERE video_id = '" + id + "'");
    }

    /** Waits for a state. */
    public Video until(VideoId id, VideoStatus status) {
        Futures.until(() -> server.videos.find(id).map(found -> found.filter(video -> video.status() == status)
                .isPresent()));
        return Futures.await(server.videos.find(id)).orElseThrow();
    }

    /** Waits for the end as FAILED; the public code. */
    public String failure(VideoId id) {
        Video video = until(id, VideoStatus.FAILED);
        return Objects.requireNonNull(video.error()).code().code();
    }

    /** Waits until it is accepted; its bytes. */
    public byte[] received(VideoId id) {
        until(id, VideoStatus.PROCESSING);
        return Futures.await(server.files.read(id, MediaFiles.SOURCE)).getBytes();
    }
}
