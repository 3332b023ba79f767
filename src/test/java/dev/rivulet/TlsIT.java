package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.config.Settings;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Presentation;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Site;
import dev.rivulet.testing.Updates;
import dev.rivulet.testing.UploadForm;
import dev.rivulet.web.WebServer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole server behind a certificate. */
class TlsIT {
    @TempDir
    static Path folder;

    static SelfSignedCertificate certificate;
    static RunningServer server;
    static Site site;

    @BeforeAll
    static void start() throws Exception {
        certificate = SelfSignedCertificate.create("localhost");
        server = RunningServer.start(
                folder.resolve("data"),
                "http.tls.certificate: " + certificate.certificatePath(),
                "http.tls.key: " + certificate.privateKeyPath());
        HttpClient http = HttpClient.newBuilder()
                .sslContext(trusting(Path.of(certificate.certificatePath())))
                .build();
        site = new Site() {
            @Override
            public URI uri(String path) {
                return URI.create("https://localhost:" + server.port() + path);
            }

            @Override
            public HttpClient http() {
                return http;
            }
        };
    }

    @AfterAll
    static void stop() {
        server.close();
        certificate.delete();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void bothVersionsOfHttpAreSpoken(Version version) {
        HttpResponse<String> answer = site.send(HttpRequest.newBuilder(site.uri("/health/live"))
                .version(version)
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.sslSession()).get().satisfies(session -> assertThat(session.getProtocol())
                .isEqualTo("TLSv1.3"));
    }

    @Test
    void theNativeEngineIsUsed() {
        assertThat(OpenSSLEngineOptions.isAvailable()).isTrue();
        Settings.Tls tls =
                new Settings.Tls(Path.of(certificate.certificatePath()), Path.of(certificate.privateKeyPath()));
        assertThat(WebServer.options(new Settings.Http("127.0.0.1", 0, Optional.of(tls)))
                        .getSslEngineOptions())
                .isInstanceOf(OpenSSLEngineOptions.class);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void anUploadIsFollowedAndPlayed(Version version) {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 4);
        HttpRequest form = UploadForm.request(site.uri("/videos/upload"), clip, "secure");
        HttpResponse<String> answer = site.send(HttpRequest.newBuilder(form, (name, value) -> true)
                .version(version)
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.version()).isEqualTo(version);
        String id = new JsonObject(answer.body()).getString("id");
        try (Updates updates = site.follow(id)) {
            assertThat(updates.end(60).getString("stage")).isEqualTo("done");
            assertThat(updates.stages()).contains("playable");
        }
        Presentation.check(site, id, folder);
    }

    @Test
    void aClientThatDoesNotEncryptIsNotServed() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> server.get("/health/live")))
                .isNotNull();
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
