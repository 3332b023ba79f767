package dev.rivulet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderIT {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        System.clearProperty("rivulet.http.port");
        vertx.close().await();
    }

    @Test
    void readsFileAndPropertiesAsTheyAreWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "http: {port: 010}\nretry: {attempts: 5}\n");
        System.setProperty("rivulet.http.port", "00123");

        Settings settings = SettingsLoader.load(vertx, file.toString()).await();

        assertThat(settings.http().port()).isEqualTo(123);
        assertThat(settings.retry().attempts()).isEqualTo(5);
    }

    @Test
    void aMissingFileIsOneClearLine() {
        assertThatThrownBy(
                        () -> SettingsLoader.load(vertx, "/no/such/file.yaml").await())
                .isInstanceOf(SettingsException.class)
                .hasMessage("RIVULET_CONFIG: must name a readable file, found '/no/such/file.yaml'");
    }

    @Test
    void withoutAFileTheDefaultsHold() {
        assertThat(SettingsLoader.load(vertx, null).await().http().port()).isEqualTo(8080);
    }
}
