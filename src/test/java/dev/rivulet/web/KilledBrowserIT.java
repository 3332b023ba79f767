package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Scrape;
import dev.rivulet.testing.TestServers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are gone without a goodbye, as every day: the log of the whole program wakes nobody for that. */
class KilledBrowserIT {
    private static final long PATIENCE = 20;
    private static final Pattern TROUBLE = Pattern.compile("Z (WARN|ERROR) ");

    @TempDir
    static Path folder;

    private static int tcp;
    private static ChildServer server;

    @BeforeAll
    static void start() {
        tcp = TestServers.freePort();
        server = ChildServer.start(
                folder.resolve("data"),
                Map.of(
                        "RIVULET_LOG_LEVEL", "debug",
                        "RIVULET_EVENTBUS_TCP_ENABLED", "true",
                        "RIVULET_EVENTBUS_TCP_PORT", Integer.toString(tcp)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aSocketOfTheEventBus() {
        killed(webSocket("/eventbus/websocket"), "connection to the event bus broke off: ");
    }

    @Test
    void aSocketOfTheEventBusBySockJs() {
        killed(webSocket("/eventbus/000/abcdefgh/websocket"), "connection to the event bus broke off: ");
    }

    @Test
    void aSocketOfOneVideo() {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 1);
        String id = server.upload(clip, "watched").getString("id");
        server.follow(id).end(PATIENCE);
        killed(webSocket("/videos/" + id + "/progress"), "answer not delivered: ");
    }

    @Test
    void aClientOfTheTcpBridge() {
        int before = server.said().length();
        RawClient client = new RawClient(tcp);
        byte[] ping = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
        client.write(ByteBuffer.allocate(4 + ping.length)
                .putInt(ping.length)
                .put(ping)
                .array());
        assertThat(client.comes("pong")).isTrue();

        client.reset();

        server.until(PATIENCE, () -> Scrape.of(server).value("vertx_net_server_active_connections") == 0);
        assertThat(trouble(before)).isEmpty();
    }

    private static RawClient webSocket(String path) {
        RawClient browser = new RawClient(server.uri("/").getPort());
        browser.send(
                "GET " + path + " HTTP/1.1",
                "Host: 127.0.0.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(browser.answer()).startsWith("HTTP/1.1 101 ");
        return browser;
    }

    /** Kills it, waits until the server has said so, and looks at what else it said. */
    private static void killed(RawClient browser, String said) {
        int before = server.said().length();
        browser.reset();
        server.until(PATIENCE, () -> server.said().substring(before).contains(said));
        assertThat(trouble(before)).isEmpty();
    }

    private static List<String> trouble(int from) {
        return server.said()
                .substring(from)
                .lines()
                .filter(line -> TROUBLE.matcher(line).find())
                // That the machine is slow says nothing of the client.
                .filter(line -> !line.contains("BlockedThreadChecker"))
                .toList();
    }
}
