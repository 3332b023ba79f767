package dev.rivulet.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives tests a browser and one server for all of them; without the browser they are skipped. What each page looked like
 * when its test failed is in {@code target/screenshots}.
 */
final class Browsing implements ExecutionCondition, BeforeAllCallback, AfterEachCallback {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double PATIENCE_MS = 90_000;
    private static final List<String> SWITCHES = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required");

    private final List<BrowserContext> open = new ArrayList<>();
    private @Nullable Running running;

    /** The parts that live as long as the test run. */
    private record Running(RunningServer server, Path folder, Playwright playwright, Browser browser)
            implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Scratch.folder("rivulet-browser");
                RunningServer server = RunningServer.start(folder.resolve("data"));
                PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(SWITCHES));
                return new Running(server, folder, playwright, browser);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
            server.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Files.isExecutable(CHROMIUM)
                ? ConditionEvaluationResult.enabled("there is a browser")
                : ConditionEvaluationResult.disabled(
                        "there is no " + CHROMIUM + "; apt-get install chromium, or run ./test, which does it");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Browsing.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        String test = context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName();
        int number = 0;
        for (BrowserContext one : open) {
            for (Page page : one.pages()) {
                if (context.getExecutionException().isPresent()) {
                    String name = test.replaceAll("[^A-Za-z0-9-]+", "-") + "-" + ++number + ".png";
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(SCREENSHOTS.resolve(name))
                            .setFullPage(true));
                }
            }
            one.close();
        }
        open.clear();
    }

    RunningServer server() {
        return running().server();
    }

    /** For the files that tests make. */
    Path folder() {
        return running().folder();
    }

    /** An empty page of a fresh visitor. */
    Page page() {
        return page(new Browser.NewContextOptions().setViewportSize(1440, 900));
    }

    /** An empty page of a fresh visitor, where scripts may be put in: our own policy forbids it. */
    Page page(int width, ColorScheme scheme) {
        return page(new Browser.NewContextOptions()
                .setViewportSize(width, 800)
                .setColorScheme(scheme)
                .setBypassCSP(true));
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = running().browser().newContext(options.setBaseURL(server().url()));
        context.setDefaultTimeout(PATIENCE_MS);
        open.add(context);
        return context.newPage();
    }

    private Running running() {
        return java.util.Objects.requireNonNull(running);
    }
}
