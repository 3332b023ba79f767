package dev.rivulet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rivulet.config.SettingsMapping.Sources;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsMappingTest {
    @Test
    void defaultsAreThoseOfTheProduct() {
        Settings settings = of("", Map.of(), Map.of());

        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.http().tls()).isEmpty();
        assertThat(settings.data().dir())
                .isEqualTo(Path.of("data").toAbsolutePath().normalize());
        assertThat(settings.postgres().embedded()).isTrue();
        assertThat(settings.redis().embedded()).isTrue();
        assertThat(settings.ffmpeg().path()).isEmpty();
        assertThat(settings.upload().maxBytes()).isEqualTo(20L << 30);
        assertThat(settings.import_().enabled()).isTrue();
        assertThat(settings.import_().maxDuration()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.import_().maxRedirects()).isEqualTo(5);
        assertThat(settings.segment().seconds()).isEqualTo(3);
        assertThat(settings.chunk().segments()).isEqualTo(4);
        assertThat(settings.encode().slots()).isZero();
        assertThat(settings.lease()).isEqualTo(new Settings.Lease(Duration.ofSeconds(15), Duration.ofSeconds(5)));
        assertThat(settings.source().keep()).isTrue();
        assertThat(settings.housekeeping())
                .isEqualTo(new Settings.Housekeeping(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(24)));
        assertThat(settings.retention()).isEqualTo(new Settings.Retention(Duration.ZERO, Duration.ZERO));
        assertThat(settings.log()).isEqualTo(new Settings.Log(Settings.LogFormat.PLAIN, Settings.LogLevel.INFO));
        assertThat(settings.eventbus().tcp()).isEqualTo(new Settings.Tcp(false, 7000));
    }

    @Test
    void environmentWinsOverPropertiesOverFileOverDefaults() {
        String file = "http: {port: 1, host: file}\nretry: {attempts: 7}";
        Settings settings = of(
                file,
                Map.of("rivulet.http.port", "2", "rivulet.http.host", "property"),
                Map.of("RIVULET_HTTP_PORT", "3"));

        assertThat(settings.http().port()).isEqualTo(3);
        assertThat(settings.http().host()).isEqualTo("property");
        assertThat(settings.retry().attempts()).isEqualTo(7);
        assertThat(settings.chunk().segments()).isEqualTo(4);
    }

    @Test
    void hostsAreAListOrALine() throws UnknownHostException {
        for (Settings settings : List.of(
                of("import: {allow: [nas.lan, 10.8.0.0/16]}", Map.of(), Map.of()),
                of("", Map.of(), Map.of("RIVULET_IMPORT_ALLOW", "nas.lan, 10.8.0.0/16")))) {
            AllowedHosts allowed = settings.import_().allow();
            assertThat(allowed.permits("NAS.lan", InetAddress.getByName("192.168.0.1")))
                    .isTrue();
            assertThat(allowed.permits("other.lan", InetAddress.getByName("10.8.1.1")))
                    .isTrue();
            assertThat(allowed.permits("other.lan", InetAddress.getByName("10.9.1.1")))
                    .isFalse();
        }
        assertThat(catchThrowableOfType(
                        SettingsException.class,
                        () -> of("import: {allow: [10.0.0.0/33], maxRedirects: 51}", Map.of(), Map.of())))
                .hasMessageContaining("import.allow: must be a list of hosts")
                .hasMessageContaining("import.maxRedirects: must be");
    }

    @Test
    void capitalsBecomeUnderscoresInTheEnvironment() {
        assertThat(of("", Map.of(), Map.of("RIVULET_UPLOAD_MAX_BYTES", "3GiB"))
                        .upload()
                        .maxBytes())
                .isEqualTo(3L << 30);
    }

    @Test
    void unknownNamesAreRefusedWhereverTheyStand() {
        assertThat(problems(
                        "htp: {port: 1}",
                        Map.of("rivulet.http.prot", "1", "java.home", "/x"),
                        Map.of("RIVULET_HTTP_PROT", "1", "RIVULET_CONFIG", "f", "PATH", "/bin")))
                .containsExactly(
                        "RIVULET_HTTP_PROT: unknown environment variable",
                        "htp.port: unknown setting (file)",
                        "http.prot: unknown setting (system property rivulet.http.prot)");
    }

    @Test
    void aMisspeltVariableIsToldItsName() {
        assertThat(problems("", Map.of(), Map.of("RIVULET_UPLOAD_MAXBYTES", "1")))
                .containsExactly("RIVULET_UPLOAD_MAXBYTES: unknown environment variable,"
                        + " perhaps RIVULET_UPLOAD_MAX_BYTES is meant");
    }

    @Test
    void allProblemsComeAtOnceWithWhatIsAllowedAndWhatWasFound() {
        assertThat(problems(
                        "segment: {seconds: 0}\nsource: {keep: off}",
                        Map.of("rivulet.http.port", "99999"),
                        Map.of("RIVULET_UPLOAD_MAX_BYTES", "20 GB", "RIVULET_LEASE_RENEW", "9s")))
                .containsExactly(
                        "http.port: must be a whole number from 0 to 65535, found '99999'"
                                + " (system property rivulet.http.port)",
                        "upload.maxBytes: must be a size from 1 bytes to 16TiB, found '20 GB'"
                                + " (environment variable RIVULET_UPLOAD_MAX_BYTES)",
                        "segment.seconds: must be a whole number from 1 to 10, found '0' (file)",
                        "lease.renew: must be at most half of lease.duration, found '9s'"
                                + " (environment variable RIVULET_LEASE_RENEW)",
                        "source.keep: must be one of true, false, found 'off' (file)");
    }

    @ParameterizedTest
    @CsvSource({
        "http.port, 00123x",
        "http.port, -1",
        "http.host, ''",
        "data.dir, ''",
        "store.type, s4",
        "log.level, loud",
        "redis.url, localhost:6379",
        "postgres.url, jdbc:postgresql://h/d",
        "recovery.interval, 5",
        "shutdown.grace, 99999999999999999999h",
        "upload.maxBytes, 999999999999999999TiB",
        "ffmpeg.memory, 1MiB",
        "housekeeping.interval, 999ms",
        "housekeeping.minAge, 0s",
        "housekeeping.abandonedAfter, 1s",
        "upload.expires, 1s",
        "retention.completed, never",
        "http.tls.key, key.pem",
        "ladder.tiers, 144p",
        "ladder.qualities, 144p"
    })
    void impossibleValuesAreRefused(String key, String value) {
        assertThat(problems("", Map.of("rivulet." + key, value), Map.of())).isNotEmpty();
    }

    @Test
    void numbersAreReadAsWritten() {
        assertThat(of("http: {port: 00123}", Map.of(), Map.of()).http().port()).isEqualTo(123);
    }

    @Test
    void brokenYamlIsOneLine() {
        assertThat(problems("http: {port: 1", Map.of(), Map.of()))
                .hasSize(1)
                .first()
                .satisfies(line -> assertThat(line).startsWith("file: not YAML").doesNotContain("\n"));
        assertThat(problems("just words", Map.of(), Map.of())).hasSize(1);
        assertThat(problems("http: {port: 1, port: 2}", Map.of(), Map.of())).hasSize(1);
    }

    @Test
    void secretsAreHiddenInTextAndInErrors() {
        Map<String, String> environment = Map.of(
                "RIVULET_POSTGRES_URL", "postgresql://joe:hunter2@db/rivulet",
                "RIVULET_POSTGRES_USER", "joe",
                "RIVULET_POSTGRES_PASSWORD", "hunter2",
                "RIVULET_REDIS_URL", "rediss://:hunter2@cache:6380/1");
        Settings settings = of("", Map.of(), environment);

        assertThat(settings.postgres().password().value()).isEqualTo("hunter2");
        assertThat(settings.toString()).contains("@db/rivulet", "@cache:6380/1").doesNotContain("hunter2");
        assertThat(problems("", Map.of("rivulet.redis.url", "ftp://:hunter2@cache"), Map.of()))
                .hasSize(1)
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void aDatabaseNeedsItsUser() {
        assertThat(problems("postgres: {url: postgresql://db/rivulet}", Map.of(), Map.of()))
                .containsExactly("postgres.user: must be set when postgres.url is, found '' (default)");
        for (String login : List.of("joe:hunter2@", "joe@")) {
            Map<String, String> inside = Map.of("RIVULET_POSTGRES_URL", "postgres://" + login + "db/rivulet");
            assertThat(of("", Map.of(), inside).postgres().namesUser()).isTrue();
        }
    }

    private static Settings of(String file, Map<String, String> properties, Map<String, String> environment) {
        return SettingsMapping.map(new Sources(SettingsLoader.defaults(), file, "file", properties, environment));
    }

    private static List<String> problems(String file, Map<String, String> properties, Map<String, String> environment) {
        return catchThrowableOfType(SettingsException.class, () -> of(file, properties, environment))
                .problems();
    }
}
