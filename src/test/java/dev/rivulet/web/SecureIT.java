package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.config.Settings;
import dev.rivulet.testing.Futures;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecureIT {
    @Test
    void speaksHttp2OverTls() {
        assertThat(OpenSSLEngineOptions.isAvailable()).isTrue();
        Vertx vertx = Vertx.vertx();
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        Settings.Tls tls =
                new Settings.Tls(Path.of(certificate.certificatePath()), Path.of(certificate.privateKeyPath()));
        Router router = Router.router(vertx);
        router.get("/").handler(context -> Answer.json(context, new io.vertx.core.json.JsonObject()));
        HttpServer server = WebServer.connect(
                vertx.createHttpServer(WebServer.options(new Settings.Http("127.0.0.1", 0, Optional.of(tls)))), router);
        int port = Futures.await(server.listen()).actualPort();
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
        HttpVersion version = Futures.await(client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.send())
                .map(response -> response.version()));
        assertThat(version).isEqualTo(HttpVersion.HTTP_2);
        Futures.await(vertx.close());
        certificate.delete();
    }
}
