package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.BesideOthers;
import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.DataProcesses;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that cannot succeed says why, one line for each problem, and leaves nothing running. */
@BesideOthers
class StartErrorsIT {
    /** One for all, so that only the first start creates a database. */
    @TempDir
    static Path folder;

    @Test
    void aPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            refused(Map.of("RIVULET_HTTP_PORT", port))
                    .singleElement()
                    .asString()
                    .contains("port", port, "in use");
        }
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refused(Map.of("RIVULET_DATA_DIR", file.toString()))
                .singleElement()
                .asString()
                .contains("data folder " + file, "cannot be written", "it is a file");
    }

    @Test
    void everyWrongSettingAtOnce() {
        refused(Map.of("RIVULET_HTTP_PORT", "99999", "RIVULET_SEGMENT_SECONDS", "soon"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("http.port", "65535", "99999"))
                .anySatisfy(line -> assertThat(line).contains("segment.seconds", "soon"));
    }

    @Test
    void anUnknownSetting() {
        refused(Map.of("RIVULET_HTTPPORT", "80")).singleElement().asString().contains("RIVULET_HTTP_PORT");
    }

    @Test
    void anFfmpegThatIsNotThere() {
        refused(Map.of("RIVULET_FFMPEG_PATH", folder.resolve("nowhere").toString()))
                .singleElement()
                .asString()
                .contains("ffmpeg.path", folder.resolve("nowhere").toString());
    }

    /** The tools lead out of the folder that they are in, where the sandbox has nothing. */
    @Test
    void aSandboxThatIsRequiredAndDoesNotWork() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path real = Path.of(MadeMedia.ffmpegPath()).getParent();
        for (String name : List.of("ffmpeg", "ffprobe")) {
            Files.writeString(
                    tools.resolve(name),
                    "#!/bin/sh\nLD_LIBRARY_PATH=" + real + " exec " + real.resolve(name) + " \"$@\"\n");
            Files.setPosixFilePermissions(tools.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        refused(Map.of("RIVULET_FFMPEG_PATH", tools.toString(), "RIVULET_FFMPEG_SANDBOX", "required"))
                .singleElement()
                .asString()
                .contains("ffmpeg.sandbox is required", "bwrap", "docs/operations.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREE", "port"})
    void aPostgresqlThatDoesNotAnswer(String port) {
        String url = "postgresql://somebody:secret@127.0.0.1:" + free(port) + "/films";
        refused(Map.of("RIVULET_POSTGRES_URL", url))
                .singleElement()
                .asString()
                .contains("PostgreSQL", "postgres.url")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREE", "port"})
    void aRedisThatDoesNotAnswer(String port) {
        String url = "redis://:secret@127.0.0.1:" + free(port);
        refused(Map.of("RIVULET_REDIS_URL", url))
                .singleElement()
                .asString()
                .contains("Redis", "127.0.0.1", "redis.url")
                .doesNotContain("secret");
    }

    @Test
    void aCertificateThatIsNotThere() {
        String nowhere = folder.resolve("nowhere.pem").toString();
        refused(Map.of("RIVULET_HTTP_TLS_CERTIFICATE", nowhere, "RIVULET_HTTP_TLS_KEY", nowhere))
                .singleElement()
                .asString()
                .contains("nowhere.pem", "http.tls");
    }

    private static String free(String port) {
        return port.equals("FREE") ? Integer.toString(TestServers.freePort()) : port;
    }

    private static ListAssert<String> refused(Map<String, String> environment) {
        Path data = folder.resolve("data");
        ChildServer.Ended ended = ChildServer.refused(data, environment);
        System.out.printf("%s after %d ms%n", ended.errors(), ended.after().toMillis());
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output() + ended.errors()).doesNotContain("Exception", "\tat ");
        assertThat(ended.after()).isLessThan(Duration.ofSeconds(30));
        assertThat(DataProcesses.naming(data)).isEmpty();
        return assertThat(ended.errors());
    }
}
