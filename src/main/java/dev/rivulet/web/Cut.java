package dev.rivulet.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;

/**
 * Ends connections whose clients take nothing any more. Vert.x closes a connection only after all that is left has been sent,
 * which such a client may put off for ever.
 */
final class Cut {
    private Cut() {}

    /** Ends a connection, and all that goes by it, at once; its handlers hear that it is closed. From any thread. */
    static void off(ChannelHandlerContext connection) {
        Channel channel = connection.channel();
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }

    /** The same where the connection is HTTP/1.1, as that of every WebSocket; others go on, for they carry more. */
    static void off(HttpConnection connection) {
        if (connection instanceof Http1xServerConnection known) {
            off(known.channelHandlerContext());
        }
    }
}
