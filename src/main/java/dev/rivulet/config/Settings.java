package dev.rivulet.config;

import dev.rivulet.media.LadderSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that can be set. Units, ranges and defaults are in {@code settings.yaml}, whose keys are the names of these
 * components; an underscore at the end keeps a word of Java apart and is not part of the key. Each class receives only the
 * part that it needs.
 */
public record Settings(
        Http http,
        Data data,
        Postgres postgres,
        Redis redis,
        Ffmpeg ffmpeg,
        Store store,
        Upload upload,
        Import import_,
        Limits limits,
        Segment segment,
        Chunk chunk,
        Encode encode,
        Lease lease,
        Retry retry,
        Recovery recovery,
        Source source,
        Housekeeping housekeeping,
        Retention retention,
        Shutdown shutdown,
        Log log,
        EventBus eventbus,
        LadderSpec ladder) {

    /** Where to listen. Without {@code tls}, plain HTTP. */
    public record Http(String host, int port, Optional<Tls> tls) {}

    /** PEM files. */
    public record Tls(Path certificate, Path key) {}

    /** An absolute folder, which need not exist yet. */
    public record Data(Path dir) {}

    /**
     * How to reach PostgreSQL.
     *
     * @param url {@code postgresql://host:port/database}, with user and password in it or beside it; empty asks for the
     *     embedded server
     * @param user empty when it stands in the URL
     */
    public record Postgres(String url, String user, Secret password) {
        /** Whether the embedded server is asked for. */
        public boolean embedded() {
            return url.isEmpty();
        }

        /** Whether the user stands in the URL. */
        public boolean namesUser() {
            return url.matches("[a-z]+://[^/@:]+(:[^/@]*)?@.*");
        }

        @Override
        public String toString() {
            return "Postgres[url=" + Secret.masked(url) + ", user=" + user + ", password=" + password + "]";
        }
    }

    /**
     * How to reach Redis.
     *
     * @param url {@code redis://} or {@code rediss://}, with the password in it if there is one; empty asks for the
     *     embedded server
     */
    public record Redis(String url) {
        /** Whether the embedded server is asked for. */
        public boolean embedded() {
            return url.isEmpty();
        }

        @Override
        public String toString() {
            return "Redis[url=" + Secret.masked(url) + "]";
        }
    }

    /**
     * Limits of each ffmpeg process.
     *
     * @param path a folder or the executable; empty asks for the bundled one
     * @param memory bytes of address space, 0 for no limit
     */
    public record Ffmpeg(
            Optional<Path> path,
            SandboxMode sandbox,
            Duration probeTimeout,
            Duration stallTimeout,
            long memory,
            long maxOutputBytes) {}

    /** Whether processes that read uploaded files are shut in. */
    public enum SandboxMode {
        /** Where it works. */
        AUTO,
        /** Not at all. */
        OFF,
        /** Without it the server does not start. */
        REQUIRED
    }

    /** Where the bytes of videos live. */
    public record Store(StoreType type) {}

    /** The kinds of store. */
    public enum StoreType {
        /** Files below the data folder. */
        DISK
    }

    /**
     * What is accepted from clients; sizes in bytes.
     *
     * @param maxQueued videos that are not settled; uploads that begin at the same moment may go beyond it
     * @param expires life of a resumable upload after the last byte that arrived
     */
    public record Upload(long maxBytes, long minFreeBytes, int maxInFlight, int maxQueued, Duration expires) {}

    /**
     * Whether and what this server fetches by link.
     *
     * @param allow hosts that are fetched from though their addresses are not public
     * @param maxDuration of one import, pauses between its tries included
     * @param maxRedirects of one try
     */
    public record Import(boolean enabled, AllowedHosts allow, Duration maxDuration, int maxRedirects) {}

    /** What is accepted of a source; {@code maxPixels} is width x height. */
    public record Limits(Duration maxDuration, long maxPixels, int maxStreams) {}

    /** The unit that players fetch. */
    public record Segment(int seconds, boolean whileUploading) {}

    /** The unit that workers encode, in segments. */
    public record Chunk(int segments) {}

    /** Processes at the same time, 0 stands for the number of cores; and the bytes that they leave free. */
    public record Encode(int slots, long minFreeBytes) {}

    /** How long a claim lasts, and how often it is renewed. */
    public record Lease(Duration duration, Duration renew) {}

    /** Attempts at one task, the first included. */
    public record Retry(int attempts) {}

    /** How often stalled work is looked for. */
    public record Recovery(Duration interval) {}

    /** Whether the uploaded file outlives the encoding. */
    public record Source(boolean keep) {}

    /**
     * When what was left behind is looked for and how old it must be.
     *
     * @param interval zero for only by hand
     * @param minAge nothing is taken for left behind that was changed since
     * @param abandonedAfter silence after which an upload is given up
     */
    public record Housekeeping(Duration interval, Duration minAge, Duration abandonedAfter) {}

    /**
     * How long settled videos are kept after their last change; zero stands for ever.
     *
     * @param completed of those that can be watched, COMPLETED and PARTIAL
     * @param failed of those that cannot, FAILED and CANCELLED
     */
    public record Retention(Duration completed, Duration failed) {}

    /** How long running work may go on after the signal to stop. */
    public record Shutdown(Duration grace) {}

    /** How log lines look, and from which level on. */
    public record Log(LogFormat format, LogLevel level) {}

    /** The looks of a log line. */
    public enum LogFormat {
        /** Readable, with key=value pairs. */
        PLAIN,
        /** One JSON object. */
        JSON
    }

    /** From the most to the least talkative. */
    public enum LogLevel {
        /** Everything. */
        TRACE,
        /** For developers. */
        DEBUG,
        /** What happens. */
        INFO,
        /** What should be looked at. */
        WARN,
        /** What failed. */
        ERROR,
        /** Nothing. */
        OFF
    }

    /** Doors of the event bus. */
    public record EventBus(Tcp tcp) {}

    /** The Vert.x TCP bridge, on the address of {@link Http#host}. */
    public record Tcp(boolean enabled, int port) {}
}
