package dev.rivulet.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From raw text to {@link Settings}: the order of sources, the ranges, and what must fit together. Pure. */
final class SettingsMapping {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;

    private static final Duration LONGEST_KEPT = Duration.ofHours(876_000);

    private final Values in;

    private SettingsMapping(Values in) {
        this.in = in;
    }

    /**
     * What the sources hold, unread.
     *
     * @param defaults the text of {@code settings.yaml}
     * @param file the text of the operator's file, empty when there is none
     * @param fileName how to call that file in errors
     */
    record Sources(
            String defaults,
            String file,
            String fileName,
            Map<String, String> properties,
            Map<String, String> environment) {}

    /**
     * The settings of these sources.
     *
     * @throws SettingsException with every problem
     */
    static Settings map(Sources sources) {
        List<String> problems = new ArrayList<>();
        Layer defaults = Layer.ofTree(YamlTree.parse(sources.defaults, "settings.yaml", problems), "default");
        Layer file = Layer.ofTree(YamlTree.parse(sources.file, sources.fileName, problems), sources.fileName);
        Layer properties = Layer.ofProperties(sources.properties);
        Layer environment =
                Layer.ofEnvironment(sources.environment, defaults.values().keySet(), problems);
        Layer all = defaults.overlaidBy(file, problems)
                .overlaidBy(properties, problems)
                .overlaidBy(environment, problems);
        Settings settings = new SettingsMapping(new Values(all, problems)).settings(problems);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    private Settings settings(List<String> problems) {
        return new Settings(
                http(),
                new Settings.Data(dataDir()),
                postgres(),
                new Settings.Redis(in.url("redis.url", "redis://host:port or rediss://host:port", "redis", "rediss")),
                ffmpeg(),
                new Settings.Store(in.choice("store.type", Settings.StoreType.class)),
                new Settings.Upload(
                        in.size("upload.maxBytes", 1, 16 * TIB),
                        in.size("upload.minFreeBytes", 0, 16 * TIB),
                        in.whole("upload.maxInFlight", 1, 100_000),
                        in.whole("upload.maxQueued", 1, 1_000_000),
                        in.duration("upload.expires", Duration.ofMinutes(1), LONGEST_KEPT)),
                imports(),
                new Settings.Limits(
                        in.duration("limits.maxDuration", Duration.ofSeconds(1), Duration.ofHours(240)),
                        in.whole("limits.maxPixels", 4 * KIB, 1_000_000_000L),
                        in.whole("limits.maxStreams", 1, 1_000)),
                new Settings.Segment(in.whole("segment.seconds", 1, 10), in.flag("segment.whileUploading")),
                new Settings.Chunk(in.whole("chunk.segments", 1, 50)),
                new Settings.Encode(in.whole("encode.slots", 0, 256), in.size("encode.minFreeBytes", 0, 16 * TIB)),
                lease(),
                new Settings.Retry(in.whole("retry.attempts", 1, 10)),
                new Settings.Recovery(in.duration("recovery.interval", Duration.ofMillis(500), Duration.ofMinutes(10))),
                new Settings.Source(in.flag("source.keep")),
                housekeeping(),
                new Settings.Retention(
                        in.duration("retention.completed", Duration.ZERO, LONGEST_KEPT),
                        in.duration("retention.failed", Duration.ZERO, LONGEST_KEPT)),
                new Settings.Shutdown(in.duration("shutdown.grace", Duration.ZERO, Duration.ofHours(1))),
                new Settings.Log(
                        in.choice("log.format", Settings.LogFormat.class),
                        in.choice("log.level", Settings.LogLevel.class)),
                new Settings.EventBus(
                        new Settings.Tcp(in.flag("eventbus.tcp.enabled"), in.whole("eventbus.tcp.port", 0, 65_535))),
                new LadderMapping(in, problems).ladder());
    }

    private Settings.Import imports() {
        return new Settings.Import(
                in.flag("import.enabled"),
                in.hosts("import.allow"),
                in.duration("import.maxDuration", Duration.ofSeconds(1), Duration.ofHours(240)),
                in.whole("import.maxRedirects", 0, 50));
    }

    private Settings.Http http() {
        String host = in.text("http.host");
        if (host.isEmpty()) {
            in.problem("http.host", "an address, such as 127.0.0.1 or 0.0.0.0", host);
        }
        Optional<Path> certificate = in.path("http.tls.certificate");
        Optional<Path> key = in.path("http.tls.key");
        if (certificate.isPresent() != key.isPresent()) {
            in.problem(
                    certificate.isPresent() ? "http.tls.key" : "http.tls.certificate", "set with its counterpart", 0);
        }
        return new Settings.Http(
                host,
                in.whole("http.port", 0, 65_535),
                certificate.flatMap(chain -> key.map(secret -> new Settings.Tls(chain, secret))));
    }

    private Path dataDir() {
        return in.path("data.dir").orElseGet(() -> in.problem("data.dir", "a folder", Path.of("data")));
    }

    private Settings.Postgres postgres() {
        String form = "postgresql://host:port/database";
        Settings.Postgres postgres = new Settings.Postgres(
                in.url("postgres.url", form, "postgresql", "postgres"),
                in.text("postgres.user"),
                in.secret("postgres.password"));
        if (!postgres.embedded() && postgres.user().isEmpty() && !postgres.namesUser()) {
            in.problem("postgres.user", "set when postgres.url is", "");
        }
        return postgres;
    }

    private Settings.Ffmpeg ffmpeg() {
        long memory = in.size("ffmpeg.memory", 0, TIB);
        if (memory != 0 && memory < 128 * MIB) {
            in.problem("ffmpeg.memory", "0 or a size from 128MiB to 1TiB", memory);
        }
        return new Settings.Ffmpeg(
                in.path("ffmpeg.path"),
                in.choice("ffmpeg.sandbox", Settings.SandboxMode.class),
                in.duration("ffmpeg.probeTimeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                in.duration("ffmpeg.stallTimeout", Duration.ofSeconds(5), Duration.ofHours(1)),
                memory,
                in.size("ffmpeg.maxOutputBytes", MIB, TIB));
    }

    private Settings.Housekeeping housekeeping() {
        Duration interval = in.duration("housekeeping.interval", Duration.ZERO, Duration.ofHours(240));
        if (!interval.isZero() && interval.compareTo(Duration.ofSeconds(1)) < 0) {
            in.problem("housekeeping.interval", "0s or a duration from 1s to 240h", interval);
        }
        return new Settings.Housekeeping(
                interval,
                in.duration("housekeeping.minAge", Duration.ofSeconds(1), Duration.ofHours(240)),
                in.duration("housekeeping.abandonedAfter", Duration.ofMinutes(1), Duration.ofHours(876_000)));
    }

    private Settings.Lease lease() {
        Settings.Lease lease = new Settings.Lease(
                in.duration("lease.duration", Duration.ofSeconds(2), Duration.ofMinutes(10)),
                in.duration("lease.renew", Duration.ofMillis(500), Duration.ofMinutes(5)));
        if (lease.renew().multipliedBy(2).compareTo(lease.duration()) > 0) {
            in.problem("lease.renew", "at most half of lease.duration", lease);
        }
        return lease;
    }
}
