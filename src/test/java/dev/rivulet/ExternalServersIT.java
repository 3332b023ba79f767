package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.OwnTools;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.TestServers;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** An operator's own PostgreSQL, Redis and ffmpeg instead of those that come along. */
class ExternalServersIT {
    private static final String REDIS_PASSWORD = "queue-secret";

    @TempDir
    Path folder;

    @Test
    void theOperatorsServersAndToolsAreUsed() throws IOException {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 5);
        Path data = folder.resolve("data");
        int port = TestServers.freePort();
        RedisServer redis = TestServers.redis(port, "requirepass " + REDIS_PASSWORD);
        URI postgres = URI.create(TestServers.database().url());
        String[] login = postgres.getRawUserInfo().split(":");
        String password = URLDecoder.decode(login[1], StandardCharsets.UTF_8);
        Map<String, String> others = Map.of(
                "RIVULET_REDIS_URL",
                "redis://:" + REDIS_PASSWORD + "@127.0.0.1:" + port,
                "RIVULET_FFMPEG_PATH",
                OwnTools.in(folder.resolve("tools"), "").folder().toString());
        String id;
        try (ChildServer inside = ChildServer.start(data, with(others, "RIVULET_POSTGRES_URL", postgres.toString()))) {
            id = inside.upload(clip, "elsewhere").getString("id");
            try (Updates updates = inside.follow(id)) {
                assertThat(updates.end(60).getString("stage")).isEqualTo("done");
            }
            Presentation.check(inside, id, folder);
            assertThat(data).isDirectoryNotContaining(path -> path.endsWith("postgres"));
            assertThat(data).isDirectoryNotContaining(path -> path.endsWith("redis"));
            assertThat(data).isDirectoryNotContaining(path -> path.endsWith("tools"));
            assertThat(inside.said()).doesNotContain(password, REDIS_PASSWORD);
            inside.stop();
        }
        String bare = "postgresql://" + postgres.getHost() + ":" + postgres.getPort() + postgres.getPath();
        Map<String, String> beside = with(
                with(with(others, "RIVULET_POSTGRES_URL", bare), "RIVULET_POSTGRES_USER", login[0]),
                "RIVULET_POSTGRES_PASSWORD",
                password);
        try (ChildServer again = ChildServer.start(data, beside)) {
            JsonArray items = new JsonObject(again.get("/videos").body()).getJsonArray("items");
            assertThat(items.getJsonObject(0).getString("id")).isEqualTo(id);
            assertThat(again.get("/health/ready").statusCode()).isEqualTo(200);
            again.stop();
        }
        ChildServer.Ended wrong = ChildServer.refused(data, with(beside, "RIVULET_POSTGRES_PASSWORD", "wrong"));
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.errors()).singleElement().asString().contains("PostgreSQL", "password", "postgres.password");
        redis.stop();
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(variables);
        more.put(name, value);
        return more;
    }
}
