import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Lists the videos, then prints every message of the event bus, one per line: java Watch.java [BASE_URL] */
public final class Watch implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Executor LATER = CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS);
    private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final URI bridge;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    private Watch(URI bridge) {
        this.bridge = bridge;
    }

    public static void main(String[] args) throws InterruptedException {
        String server = args.length > 0 ? args[0] : "http://localhost:8080";
        // The plain WebSocket of the SockJS bridge: JSON without frames of SockJS. It sends binary messages, in UTF-8.
        String address = server.replaceFirst("/+$", "").replaceFirst("^http", "ws") + "/eventbus/websocket";
        connect(URI.create(address));
        new CountDownLatch(1).await(); // until it is interrupted from outside
    }

    private static void connect(URI bridge) {
        HTTP.newWebSocketBuilder().buildAsync(bridge, new Watch(bridge)).exceptionally(failure -> {
            System.err.println("no connection to " + bridge + ": " + failure.getMessage());
            SOON.execute(() -> connect(bridge));
            return null;
        });
    }

    @Override
    public void onOpen(WebSocket socket) {
        System.err.println("connected to " + bridge);
        // Listen before asking, so that no update falls between the two. A send may begin when the last one has ended.
        socket.sendText("{\"type\":\"register\",\"address\":\"rivulet.events\"}", true)
                .thenCompose(sent -> socket.sendText(
                        "{\"type\":\"send\",\"address\":\"rivulet.videos\",\"replyAddress\":\"the-list\","
                                + "\"body\":{\"action\":\"list\"}}",
                        true))
                .thenRun(() -> LATER.execute(() -> ping(socket)));
        socket.request(1);
    }

    /** A bridge closes connections that are silent for ten seconds. */
    private static void ping(WebSocket socket) {
        if (!socket.isOutputClosed()) {
            socket.sendText("{\"type\":\"ping\"}", true).thenRun(() -> LATER.execute(() -> ping(socket)));
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        message.writeBytes(bytes);
        if (last) {
            String text = message.toString(StandardCharsets.UTF_8);
            message.reset();
            if (!text.equals("{\"type\":\"pong\"}")) {
                System.out.println(text);
            }
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        onError(socket, new IOException("closed by the server, " + status + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        System.err.println("connection lost: " + failure.getMessage());
        SOON.execute(() -> connect(bridge));
    }
}
