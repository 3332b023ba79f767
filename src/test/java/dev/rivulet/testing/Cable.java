package dev.rivulet.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut and mended: what is under way breaks off, and nobody comes through. */
public final class Cable implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer door = vertx.createNetServer();
    private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** @param port of the server, on this machine */
    public Cable(int port) {
        door.connectHandler(near -> join(near, port));
        Futures.await(door.listen(0, "127.0.0.1"));
    }

    /** Where to go instead of the server. */
    public String url() {
        return "http://127.0.0.1:" + door.actualPort();
    }

    public void cut() {
        cut = true;
        ends.forEach(NetSocket::close);
    }

    public void mend() {
        cut = false;
    }

    private void join(NetSocket near, int port) {
        if (cut) {
            near.close();
            return;
        }
        near.pause();
        ends.add(near);
        near.closeHandler(gone -> ends.remove(near));
        client.connect(port, "127.0.0.1").onFailure(refused -> near.close()).onSuccess(far -> {
            ends.add(far);
            far.closeHandler(gone -> ends.remove(far));
            far.pipeTo(near).onComplete(end -> near.close());
            near.pipeTo(far).onComplete(end -> far.close());
            near.resume();
        });
    }

    @Override
    public void close() {
        Futures.await(vertx.close());
    }
}
