package dev.rivulet.upload.link;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.HttpContext;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks for files; follows nothing, unpacks nothing. */
public final class LinkClient implements AutoCloseable {
    private static final String AGENT = "Rivulet";

    private final WebClient client;
    private final Patience patience;

    /** @param tls trust; names are verified in any case */
    public LinkClient(Vertx vertx, WebClientOptions tls, Patience patience) {
        WebClientOptions options = new WebClientOptions(tls)
                .setUserAgent(AGENT)
                .setFollowRedirects(false)
                // A server that is told to close does so at once; with epoll that is heard while the body waits, which
                // is
                // lost then. So it is told to keep the connection, which is closed here.
                .setKeepAlive(true)
                .setKeepAliveTimeout(1)
                .setDecompressionSupported(false)
                .setVerifyHost(true)
                // Of the connection: that of a request did not end a body that stopped in the middle.
                .setReadIdleTimeout(Math.toIntExact(patience.idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        this.client = WebClient.create(vertx, options).addInterceptor(LinkClient::intercept);
        this.patience = patience;
    }

    /** How a link is asked: at which of its addresses, and for which rest. */
    public record Question(Link link, InetAddress address, long from, @Nullable String condition) {}

    /**
     * Asks at the address that was checked; names and the certificate are those of the link's host.
     *
     * @param hearer hears of the head, and takes the body
     */
    public Exchange ask(Question question, Exchange.Hearer hearer) {
        Link link = question.link();
        Exchange exchange = new Exchange(hearer);
        HttpRequest<Void> request = client.request(
                        HttpMethod.GET,
                        SocketAddress.inetSocketAddress(
                                link.port(), question.address().getHostAddress()),
                        link.port(),
                        link.writtenHost(),
                        link.target())
                .ssl(link.tls())
                .connectTimeout(patience.connect().toMillis())
                .putHeader(HttpHeaders.ACCEPT.toString(), "*/*")
                .putHeader(HttpHeaders.ACCEPT_ENCODING.toString(), "identity")
                .as(exchange);
        if (question.condition() != null) {
            request.putHeader("Range", "bytes=" + question.from() + "-").putHeader("If-Range", question.condition());
        }
        request.send().onComplete(exchange::ended);
        return exchange;
    }

    @Override
    public void close() {
        client.close();
    }

    /** The only place where the client lets the head be seen before the body is taken. */
    private static void intercept(HttpContext<?> context) {
        if (context.request().bodyCodec() instanceof Exchange exchange) {
            exchange.intercept(context);
        } else {
            context.next();
        }
    }
}
