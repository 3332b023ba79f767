package dev.rivulet.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the sources of the settings, all of them raw: what a text means is decided by the mapping alone. */
public final class SettingsLoader {
    private static final String FILE = "settings file";

    private SettingsLoader() {}

    /** The settings of this process; fails with a {@link SettingsException} that names every problem. */
    public static Future<Settings> load(Vertx vertx) {
        return load(vertx, System.getenv(Layer.FILE_VARIABLE));
    }

    /**
     * The same with a settings file other than the environment's.
     *
     * @param fileName a YAML file, or null for none
     */
    public static Future<Settings> load(Vertx vertx, @Nullable String fileName) {
        ConfigRetrieverOptions options = new ConfigRetrieverOptions()
                .setScanPeriod(-1)
                .addStore(raw("sys"))
                .addStore(raw("env"));
        String file = "";
        if (fileName != null && !fileName.isBlank()) {
            file = Path.of(fileName.strip()).toAbsolutePath().toString();
            if (!Files.isReadable(Path.of(file))) {
                return Future.failedFuture(new SettingsException(
                        List.of(Layer.FILE_VARIABLE + ": must name a readable file, found '" + file + "'")));
            }
            options.addStore(textOf(file));
        }
        ConfigRetriever retriever = ConfigRetriever.create(vertx, options);
        String origin = file;
        return retriever
                .getConfig()
                .map(found -> SettingsMapping.map(new SettingsMapping.Sources(
                        defaults(), found.getString(FILE, ""), origin, texts(found), texts(found))))
                .eventually(retriever::close);
    }

    /** The text of {@code settings.yaml}. Not by Vert.x, which would prefer a file of that name where we were started. */
    static String defaults() {
        try (InputStream in = SettingsLoader.class.getResourceAsStream("/settings.yaml")) {
            if (in == null) {
                throw new IllegalStateException("settings.yaml is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigStoreOptions raw(String type) {
        return new ConfigStoreOptions().setType(type).setConfig(new JsonObject().put("raw-data", true));
    }

    private static ConfigStoreOptions textOf(String file) {
        return new ConfigStoreOptions()
                .setType("file")
                .setFormat("raw")
                .setConfig(new JsonObject()
                        .put("path", file)
                        .put("raw.type", "string")
                        .put("raw.key", FILE));
    }

    /** Properties and variables come in one object; their prefixes, rivulet. and RIVULET_, keep them apart. */
    private static Map<String, String> texts(JsonObject found) {
        Map<String, String> texts = new LinkedHashMap<>();
        found.forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue())));
        return texts;
    }
}
