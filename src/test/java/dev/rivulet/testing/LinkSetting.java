package dev.rivulet.testing;

import dev.rivulet.config.AllowedHosts;
import dev.rivulet.config.Settings;
import dev.rivulet.store.ImportStore;
import dev.rivulet.upload.Admission;
import dev.rivulet.upload.ImportParts;
import dev.rivulet.upload.Imports;
import dev.rivulet.upload.Ports;
import dev.rivulet.upload.link.Doorman;
import dev.rivulet.upload.link.HostResolver;
import dev.rivulet.upload.link.LinkClient;
import dev.rivulet.upload.link.Patience;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a test's server imports by link: impatient, and from this machine.
 *
 * @param resolver null for the one of this machine
 */
public record LinkSetting(
        Settings.Import settings, Patience patience, WebClientOptions tls, @Nullable HostResolver resolver) {
    /** Hardly any pauses. */
    public static final Patience IMPATIENT = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            4,
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50));

    public static LinkSetting local() {
        return allowing("127.0.0.1", "::1");
    }

    /** @param allowed hosts and ranges */
    public static LinkSetting allowing(String... allowed) {
        return new LinkSetting(
                new Settings.Import(true, new AllowedHosts(List.of(allowed)), Duration.ofMinutes(5), 3),
                IMPATIENT,
                new WebClientOptions(),
                null);
    }

    public LinkSetting resolvedBy(HostResolver other) {
        return new LinkSetting(settings, patience, tls, other);
    }

    public LinkSetting trusting(WebClientOptions other) {
        return new LinkSetting(settings, patience, other, resolver);
    }

    public LinkSetting within(Duration time) {
        return new LinkSetting(
                new Settings.Import(settings.enabled(), settings.allow(), time, settings.maxRedirects()),
                patience,
                tls,
                resolver);
    }

    public LinkSetting disabled() {
        return new LinkSetting(
                new Settings.Import(false, settings.allow(), settings.maxDuration(), settings.maxRedirects()),
                patience,
                tls,
                resolver);
    }

    Imports imports(Vertx vertx, Ports ports, ImportStore store, Admission admission, long maxBytes) {
        Doorman doorman = new Doorman(resolver == null ? HostResolver.system(vertx) : resolver, settings.allow());
        LinkClient client = new LinkClient(vertx, tls, patience);
        return new Imports(
                vertx, ports, new ImportParts(store, doorman, client, admission, patience), settings, maxBytes);
    }
}
