package dev.rivulet.upload.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;

/** Looks up all addresses of a host. Two lookups may differ. */
@FunctionalInterface
public interface HostResolver {
    /** At least one address; fails when there is none. */
    Future<List<InetAddress>> resolve(String host);

    /** As this machine does it. */
    static HostResolver system(Vertx vertx) {
        return host -> vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
    }
}
