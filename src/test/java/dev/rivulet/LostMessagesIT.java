package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Address;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies between writing a row and telling of it leaves the others without a word: between plan and window,
 * between chunk and join, between join and publication. So does a message that is lost.
 */
class LostMessagesIT {
    private static final long PATIENCE = 120;
    private static final Map<String, Address> COMMANDS = Map.of(
            Address.SEGMENT_VIDEO.text(), Address.SEGMENT_VIDEO,
            Address.ENCODE_TOP_UP.text(), Address.ENCODE_TOP_UP,
            Address.JOIN_VIDEO.text(), Address.JOIN_VIDEO,
            Address.PUBLISH_VIDEO.text(), Address.PUBLISH_VIDEO,
            Address.PUBLISH_PROGRESS.text(), Address.PUBLISH_PROGRESS);

    @TempDir
    Path folder;

    @Test
    void mostMessagesAreLostAndNothingElse() {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "426x240", "25", 30);
        Map<Address, Integer> lost = new ConcurrentHashMap<>();
        Random random = new Random(1);
        try (RunningServer server = RunningServer.start(folder.resolve("data"), "recovery: {interval: 500ms}")) {
            server.vertx().eventBus().addOutboundInterceptor(message -> {
                Address command = COMMANDS.get(message.message().address());
                if (command != null && (lost.getOrDefault(command, 0) == 0 || random.nextInt(10) < 7)) {
                    lost.merge(command, 1, Integer::sum);
                } else {
                    message.next();
                }
            });
            String id = server.upload(clip, "lost").getString("id");
            try (Updates updates = server.follow(id)) {
                assertThat(updates.end(PATIENCE).getString("stage")).isEqualTo("done");
                assertThat(updates.messages().stream().map(message -> message.getLong("seq")))
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
            Presentation.check(server, id, folder);
            assertThat(lost.keySet())
                    .containsAll(Arrays.asList(
                            Address.SEGMENT_VIDEO, Address.ENCODE_TOP_UP, Address.JOIN_VIDEO, Address.PUBLISH_VIDEO));
            assertThat(server.manifest(id).getJsonArray("tasks").stream().map(JsonObject.class::cast))
                    .allSatisfy(task -> assertThat(task.getInteger("attempt"))
                            .as(task.encode())
                            .isEqualTo(1));
        }
    }
}
