package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.Importing;
import dev.rivulet.testing.LinkSetting;
import dev.rivulet.testing.OtherServer;
import dev.rivulet.testing.WebFixture;
import dev.rivulet.upload.link.HostResolver;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where links may lead, whatever names say. */
class ImportAddressesIT {
    private OtherServer other;

    @BeforeEach
    void open() {
        other = new OtherServer("film".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        other.close();
    }

    @Test
    void nothingIsAskedAtAddressesThatAreNotPublic() {
        try (WebFixture server = Importing.server(LinkSetting.allowing())) {
            Importing importing = new Importing(server);
            for (String host : List.of(
                    "127.0.0.1",
                    "localhost",
                    "127.1",
                    "2130706433",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "169.254.169.254",
                    "[64:ff9b::7f00:1]",
                    "no-such-host.invalid")) {
                assertThat(importing.refusal("http://" + host + ":" + other.port() + "/film", 400))
                        .as(host)
                        .isEqualTo("address_refused");
            }
            assertThat(server.rows()).isZero();
        }
        assertThat(other.asked).isEmpty();
    }

    @Test
    void aRedirectToOneEndsTheImport() {
        for (String elsewhere :
                List.of("http://127.0.0.2:" + other.port() + "/film", "http://169.254.169.254/latest")) {
            other.paths.put("/link", asked -> asked.response()
                    .setStatusCode(302)
                    .putHeader("Location", elsewhere)
                    .end());
            try (WebFixture server = Importing.server(LinkSetting.allowing("127.0.0.1"))) {
                Importing importing = new Importing(server);
                assertThat(importing.failure(importing.begin(other.url("/link"))))
                        .isEqualTo("address_refused");
                assertThat(server.get("/videos").body()).doesNotContain("169.254", "127.0.0.2");
            }
        }
        assertThat(other.asked).hasSize(2);
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsAsked() {
        // Checked for the answer, and again for the fetch; whoever looked a third time would end in the metadata of a
        // cloud.
        HostResolver rebinding = answering("127.0.0.1", "127.0.0.1", "169.254.169.254");
        try (WebFixture server =
                Importing.server(LinkSetting.allowing("127.0.0.1").resolvedBy(rebinding))) {
            Importing importing = new Importing(server);
            assertThat(importing.received(importing.begin("http://film.test:" + other.port() + "/film")))
                    .asString()
                    .isEqualTo("film");
        }
        assertThat(other.asked.get(0).get("Host")).isEqualTo("film.test:" + other.port());
    }

    @Test
    void aNameThatLeadsElsewhereTheSecondTimeIsRefusedThen() {
        HostResolver rebinding = answering("127.0.0.1", "127.0.0.2");
        try (WebFixture server =
                Importing.server(LinkSetting.allowing("127.0.0.1").resolvedBy(rebinding))) {
            Importing importing = new Importing(server);
            assertThat(importing.failure(importing.begin("http://film.test:" + other.port() + "/film")))
                    .isEqualTo("address_refused");
        }
        assertThat(other.asked).isEmpty();
    }

    @Test
    void oneBadAddressAmongGoodOnesIsEnough() {
        HostResolver mixed = answering("127.0.0.1 10.0.0.1");
        try (WebFixture server =
                Importing.server(LinkSetting.allowing("127.0.0.1").resolvedBy(mixed))) {
            assertThat(new Importing(server).refusal("http://film.test:" + other.port() + "/film", 400))
                    .isEqualTo("address_refused");
        }
    }

    @Test
    void certificatesAreThoseOfTheNameAndNotOfTheAddress() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("film.test");
        HttpServerOptions options =
                new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(certificate.keyCertOptions());
        LinkSetting setting = LinkSetting.allowing("127.0.0.1")
                .trusting(new WebClientOptions().setTrustOptions(certificate.trustOptions()))
                .resolvedBy(answering("127.0.0.1"));
        try (OtherServer secure = new OtherServer("secure film".getBytes(StandardCharsets.UTF_8), options);
                WebFixture server = Importing.server(setting)) {
            secure.paths.put("/name", asked -> asked.response()
                    .end(String.valueOf(asked.connection().indicatedServerName())));
            Importing importing = new Importing(server);
            String port = ":" + secure.port();
            assertThat(importing.received(importing.begin("https://film.test" + port + "/film")))
                    .asString()
                    .isEqualTo("secure film");
            assertThat(importing.received(importing.begin("https://film.test" + port + "/name")))
                    .asString()
                    .isEqualTo("film.test");
            assertThat(importing.failure(importing.begin("https://other.test" + port + "/film")))
                    .isEqualTo("link_unreachable");
        } finally {
            certificate.delete();
        }
    }

    @Test
    void certificatesThatNobodyKnowsAreNotTrusted() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        HttpServerOptions options =
                new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(certificate.keyCertOptions());
        try (OtherServer secure = new OtherServer("secure film".getBytes(StandardCharsets.UTF_8), options);
                WebFixture server = Importing.server(LinkSetting.allowing("localhost"))) {
            Importing importing = new Importing(server);
            assertThat(importing.failure(importing.begin("https://localhost:" + secure.port() + "/film")))
                    .isEqualTo("link_unreachable");
            assertThat(secure.asked).isEmpty();
        } finally {
            certificate.delete();
        }
    }

    /** Tells one answer after the other, and the last one for ever. */
    private static HostResolver answering(String... answers) {
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        return host -> {
            synchronized (left) {
                String answer = left.size() > 1 ? left.poll() : left.element();
                return Future.succeededFuture(Arrays.stream(answer.split(" "))
                        .map(ImportAddressesIT::address)
                        .toList());
            }
        };
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
