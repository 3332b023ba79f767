package dev.rivulet.upload.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.bus.Fault;
import dev.rivulet.config.AllowedHosts;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoormanTest {
    @Test
    void everyAddressOfAHostHasToBePublic() {
        assertThat(admits(List.of(), "8.8.8.8", "2606:4700::1")).isTrue();
        assertThat(admits(List.of(), "8.8.8.8", "10.0.0.1")).isFalse();
        assertThat(admits(List.of(), "::1", "8.8.8.8")).isFalse();
        assertThat(admits(List.of())).isFalse();
    }

    @Test
    void theOperatorPermitsHostsAndRanges() {
        assertThat(admits(List.of("10.0.0.0/8"), "10.1.2.3", "8.8.8.8")).isTrue();
        assertThat(admits(List.of("10.0.0.0/8"), "10.1.2.3", "192.168.0.1")).isFalse();
        assertThat(admits(List.of("FILM.test"), "10.1.2.3", "192.168.0.1")).isTrue();
        assertThat(admits(List.of("test"), "10.1.2.3")).isFalse();
        assertThat(admits(List.of("fd00::/8"), "fd12::1")).isTrue();
        assertThat(admits(List.of("fd12::1"), "fd12::2")).isFalse();
    }

    @Test
    void whoIsRefusedLearnsNoAddress() {
        Fault refusal = Doorman.refusal();
        assertThat(refusal.httpStatus()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("address_refused");
        assertThat(refusal.getMessage()).doesNotContainPattern("\\d");
    }

    private static boolean admits(List<String> allowed, String... addresses) {
        HostResolver resolver = host -> Future.succeededFuture(
                Stream.of(addresses).map(DoormanTest::address).toList());
        return new Doorman(resolver, new AllowedHosts(allowed))
                .admit(Link.parse("http://film.test/a").orElseThrow())
                .succeeded();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
