package dev.rivulet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much a visitor loads before a page works, as the browser counts it: compressed, with all headers. */
class BudgetIT {
    private static final int WITHOUT_HLS = 200_000;
    private static final int WITH_HLS = 400_000;

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void theFirstLoadIsSmall() {
        String id = browsing.server()
                .upload(MadeMedia.mp4(browsing.folder().resolve("budget.mp4"), "426x240", "25", 4), "budget")
                .getString("id");
        try (Updates updates = browsing.server().follow(id)) {
            updates.end(60);
        }
        Page library = browsing.page();
        Map<String, Integer> home = loaded(library, "/", () -> library.waitForSelector("[data-live=live]"));
        Page player = browsing.page();
        Map<String, Integer> watch = loaded(
                player,
                "/watch/" + id,
                () -> player.waitForFunction("() => window.rivulet?.hls && rivulet.video.readyState >= 3"));

        int without = sum(watch, false);
        System.out.printf(
                "library %d bytes, watch page %d bytes, without hls.js %d%n",
                sum(home, true), sum(watch, true), without);
        assertThat(home.keySet()).noneMatch(BudgetIT::ofHls);
        assertThat(watch.keySet()).anyMatch(BudgetIT::ofHls);
        assertThat(sum(home, true)).as("library: %s", home).isBetween(20_000, WITHOUT_HLS);
        assertThat(without).as("watch page: %s", watch).isBetween(20_000, WITHOUT_HLS);
        assertThat(sum(watch, true)).as("watch page with hls.js: %s", watch).isBetween(100_000, WITH_HLS);
    }

    private static int sum(Map<String, Integer> sizes, boolean withHls) {
        return sizes.entrySet().stream()
                .filter(one -> withHls || !ofHls(one.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static boolean ofHls(String path) {
        return path.startsWith("/assets/vendor/hls");
    }

    /** All that is not the video itself. */
    private static Map<String, Integer> loaded(Page page, String path, Runnable ready) {
        Map<String, Response> answers = new ConcurrentHashMap<>();
        page.onResponse(answer -> answers.put(answer.url().replaceFirst("^\\w+://[^/]+", ""), answer));
        page.navigate(path);
        ready.run();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        answers.forEach((url, answer) -> {
            if (url.startsWith("/") && !url.startsWith("/media/") && !url.startsWith("/eventbus")) {
                var size = answer.request().sizes();
                sizes.put(url, size.responseBodySize + size.responseHeadersSize);
            }
        });
        return sizes;
    }
}
