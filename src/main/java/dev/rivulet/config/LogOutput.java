package dev.rivulet.config;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Makes the log look as it is set. Until then, lines are plain and begin at INFO. */
public final class LogOutput {
    private LogOutput() {}

    /** To be called once, as soon as the settings are known. */
    public static void apply(Settings.Log log) {
        apply(log, (LoggerContext) LoggerFactory.getILoggerFactory());
    }

    static void apply(Settings.Log log, LoggerContext context) {
        URL configuration = LogOutput.class.getResource("/logback.xml");
        if (configuration == null) {
            throw new IllegalStateException("logback.xml is missing from the jar");
        }
        context.reset();
        // After the reset, which forgets them.
        context.putProperty("LOG_FORMAT", log.format().name().toLowerCase(Locale.ROOT));
        context.putProperty("LOG_LEVEL", log.level().name());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }
}
