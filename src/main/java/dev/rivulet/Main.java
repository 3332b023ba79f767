package dev.rivulet;

import dev.rivulet.config.LogOutput;
import dev.rivulet.config.Settings;
import dev.rivulet.config.SettingsException;
import dev.rivulet.config.SettingsLoader;
import dev.rivulet.embedded.StartException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server, tells where it is, and stops it when the process is asked to end. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    /** Of the JDK's own, see the source of java.lang.ProcessImpl. */
    private static final String LAUNCH = "jdk.lang.Process.launchMechanism";
    /** The JDK in which it is deprecated. */
    private static final int LEFT_IN = 26;

    private Main() {}

    /**
     * Runs until the process is asked to end. Exit status 0 when it was stopped in order, 1 when it cannot be started, 2 when
     * it was given arguments; the reason is one line. A second signal ends it at once, with 128 and the signal's number.
     */
    public static void main(String[] args) {
        if (args.length > 0) {
            System.err.println(
                    "Rivulet takes no arguments, only settings: RIVULET_HTTP_PORT=9000 ./run; the keys are in "
                            + "src/main/resources/settings.yaml");
            System.exit(2);
        }
        startDirectly();
        System.exit(run(options()));
    }

    /**
     * Processes are started without a helper process between, which costs more than all else at a start. Newer JDKs give this
     * way up; an operator's choice stands. Before the first process is started.
     */
    private static void startDirectly() {
        if (Runtime.version().feature() < LEFT_IN && System.getProperty(LAUNCH) == null) {
            System.setProperty(LAUNCH, "VFORK");
        }
    }

    /** Runs on a Vert.x of its own; the exit status. */
    static int run(VertxOptions options) {
        Closing closing = new Closing();
        StopSignals signals = StopSignals.listen(closing::giveUp, closing::sayLastWords);
        Vertx vertx = Vertx.builder()
                .with(options)
                .withMetrics(new MicrometerMetricsFactory())
                .build();
        return run(vertx, closing, signals);
    }

    private static int run(Vertx vertx, Closing closing, StopSignals signals) {
        try {
            Settings settings = SettingsLoader.load(vertx).await();
            LogOutput.apply(settings.log());
            Server server = Server.start(vertx, settings, closing);
            System.out.println("Rivulet is ready: " + url(settings, server.port()));
            signals.await();
            signals.endAfter(settings.shutdown().grace().plus(Closing.ENOUGH));
            server.close();
            LOG.info("stopped");
            return 0;
        } catch (Closing.StopAskedException asked) {
            LOG.info("{}", asked.getMessage());
            return 0;
        } catch (Throwable failure) {
            LOG.debug("start failed", failure);
            System.err.println(reason(failure));
            return 1;
        } finally {
            vertx.close().await();
        }
    }

    /** With metrics. */
    static VertxOptions options() {
        MicrometerMetricsOptions metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setJvmMetricsEnabled(true)
                .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true));
        return new VertxOptions().setMetricsOptions(metrics).setPreferNativeTransport(true);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof SettingsException || failure instanceof StartException) {
            return String.valueOf(failure.getMessage());
        }
        return "Rivulet could not start: " + failure;
    }

    private static String url(Settings settings, int port) {
        String host = settings.http().host();
        String shown = host.equals("0.0.0.0") || host.equals("127.0.0.1") || host.equals("::") ? "localhost" : host;
        return (settings.http().tls().isPresent() ? "https://" : "http://") + shown + ":" + port;
    }
}
