package dev.rivulet.upload.link;

import dev.rivulet.bus.Fault;
import dev.rivulet.config.AllowedHosts;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether a link is followed, by every address that its host has. Who connects must use one of the addresses that
 * were looked at: a second lookup may tell others (DNS rebinding).
 */
public final class Doorman {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HostResolver resolver;
    private final AllowedHosts allowed;

    /** @param allowed though they are not public */
    public Doorman(HostResolver resolver, AllowedHosts allowed) {
        this.resolver = resolver;
        this.allowed = allowed;
    }

    /**
     * The addresses of a link, all of which may be connected to.
     *
     * @return fails with {@link #refusal} when one of them may not, otherwise when the host is not found
     */
    public Future<List<InetAddress>> admit(Link link) {
        return resolver.resolve(link.host())
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .compose(addresses -> !addresses.isEmpty() && addresses.stream().allMatch(one -> mayEnter(link, one))
                        ? Future.succeededFuture(addresses)
                        : Future.failedFuture(refusal()));
    }

    /** Says the same of hosts that are not known and of those that are not public: who asks learns no names. */
    public static Fault refusal() {
        return new Fault(
                400, "address_refused", "The host of the link is not known, or its address is not one to fetch from.");
    }

    private boolean mayEnter(Link link, InetAddress address) {
        return PublicAddresses.has(address) || allowed.permits(link.host(), address);
    }
}
