package dev.rivulet.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogOutputTest {
    @Test
    void plainLinesCarryKeysAndValues() {
        String line = line(new Settings.Log(Settings.LogFormat.PLAIN, Settings.LogLevel.INFO));

        assertThat(line)
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  Join joined quality=\"144p\".*\\s*");
    }

    @Test
    void jsonLinesAreObjects() {
        JsonObject line = new JsonObject(line(new Settings.Log(Settings.LogFormat.JSON, Settings.LogLevel.INFO)));

        assertThat(line.getString("message")).isEqualTo("joined");
        assertThat(line.getString("level")).isEqualTo("WARN");
        assertThat(line.getString("quality")).isEqualTo("144p");
        assertThat(line.getString("time")).isNotBlank();
    }

    @Test
    void nothingBelowTheLevelIsWritten() {
        assertThat(line(new Settings.Log(Settings.LogFormat.PLAIN, Settings.LogLevel.ERROR)))
                .isEmpty();
    }

    /** What a line looks like: in a context of its own, whose console is caught. */
    private static String line(Settings.Log log) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LogOutput.apply(log, context);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console");
        console.setOutputStream(new PrintStream(out, true, StandardCharsets.UTF_8));
        context.getLogger("dev.rivulet.join.Join")
                .atWarn()
                .addKeyValue("quality", "144p")
                .log("joined");
        return out.toString(StandardCharsets.UTF_8);
    }
}
