package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One film of two chunks in all qualities: watched while it is made, then when it is complete. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchPageIT {
    private static final int SECONDS = 20;
    private static final long PATIENCE = 150;

    private static final String QUALITY = ".menu-button[aria-label^=Quality]";

    /** Notes what a viewer would see: sources, qualities, heights, and every step of the time. */
    private static final String RECORD =
            """
            () => {
              window.neverReloaded = true;
              const seen = (window.seen = { sources: [], levels: [], heights: [], back: [], at: 0 });
              const note = (list, what) => what !== undefined && what !== list.at(-1) && list.push(what);
              new MutationObserver(() => {
                note(seen.sources, document.body.dataset.source);
                note(seen.levels, document.body.dataset.levels);
              }).observe(document.body, { attributes: true });
              document.addEventListener('resize', (event) => note(seen.heights, event.target.videoHeight), true);
              const step = ({ target }) => {
                if (target.currentTime < seen.at - 0.001) seen.back.push([seen.at, target.currentTime]);
                seen.at = target.currentTime;
              };
              for (const name of ['timeupdate', 'seeking', 'ended']) document.addEventListener(name, step, true);
            }""";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static String film = "";

    @Test
    @Order(1)
    void startsOnThePreviewAndTakesUpEveryBetterQualityInPlace() {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("film.mp4"), "1920x1080", "30", SECONDS);
        Page page = browsing.page();
        Page second = browsing.page();
        film = browsing.server().upload(clip, "A film").getString("id");
        page.navigate("/watch/" + film);
        page.evaluate(RECORD);

        page.waitForFunction("() => document.body.dataset.source === 'preview'");
        // The source is named before it is attached, and attaching takes back an earlier play().
        page.waitForFunction("() => Boolean(window.rivulet?.hls)");
        play(page);
        page.waitForFunction("() => rivulet.video.currentTime > 1");
        assertThat(page.evaluate("rivulet.video.videoHeight")).isEqualTo(144);
        assertThat((String) page.evaluate("rivulet.hls.url")).endsWith("/preview.m3u8");

        second.navigate("/watch/" + film);
        second.waitForFunction("() => Boolean(window.rivulet?.hls)");
        second.reload();
        second.waitForFunction("() => window.rivulet?.hls && rivulet.video.readyState >= 2");

        page.waitForFunction("() => document.body.dataset.source === 'master'");
        for (Page each : List.of(page, second)) {
            each.waitForFunction("() => document.body.dataset.status === 'COMPLETED'");
            each.waitForFunction("() => document.body.dataset.levels === '144p,240p,360p,480p,720p,1080p'");
        }
        page.waitForFunction("() => rivulet.video.ended || rivulet.video.currentTime > " + (SECONDS - 3));
        playedThrough(page);
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        assertThat(list(page, "seen.sources")).isEqualTo(List.of("preview", "master"));
        assertThat(list(page, "seen.levels").size()).isGreaterThan(1);
        assertThat((String) page.evaluate("rivulet.hls.url")).endsWith("/preview.m3u8");
        assertThat(list(second, "rivulet.errors")).isEmpty();
    }

    @Test
    @Order(2)
    void theBestQualityIsInTheMenuAndPlaysUnbrokenOverEveryJoin() {
        Page page = complete();
        Locator button =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Quality: Auto")));
        button.click();
        Locator items = page.getByRole(AriaRole.MENUITEMRADIO);
        items.filter(new Locator.FilterOptions().setHasText(Pattern.compile("^1080p")))
                .click();
        assertThat(page.locator(QUALITY)).hasText("1080p");
        page.evaluate(RECORD);

        play(page);
        // What is already buffered around the playhead is played first.
        page.waitForFunction("() => rivulet.video.videoHeight === 1080 && rivulet.video.currentTime < 10");
        playedThrough(page);

        assertThat(page.evaluate("rivulet.video.videoHeight")).isEqualTo(1080);
    }

    @Test
    @Order(3)
    void keysAndMenusNeedNoMouse() {
        Page page = complete();
        page.evaluate("() => { rivulet.video.muted = true; }");
        page.keyboard().press("k");
        page.waitForFunction("() => !rivulet.video.paused && rivulet.video.currentTime > 0.2");
        page.keyboard().press("Space");
        page.waitForFunction("() => rivulet.video.paused");
        page.keyboard().press("5");
        at(page, 10);
        page.keyboard().press("ArrowRight");
        at(page, 15);
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("ArrowLeft");
        at(page, 5);
        page.keyboard().press("l");
        at(page, 15);
        page.keyboard().press("j");
        at(page, 5);
        page.keyboard().press("m");
        page.waitForFunction("() => !rivulet.video.muted");
        page.keyboard().press(">");
        page.waitForFunction("() => rivulet.video.playbackRate === 1.25");

        page.keyboard().press("?");
        assertThat(page.locator("dialog:has(#keys-title)")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog:has(#keys-title)")).isHidden();

        Locator button = page.locator(QUALITY);
        button.focus();
        page.keyboard().press("Enter");
        page.keyboard().press("End");
        assertThat(page.locator(".menu-item:focus")).containsText("144p");
        page.keyboard().press("Enter");
        assertThat(button).hasText("144p");
        assertThat(button).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.MENU)).isHidden();
        assertThat(list(page, "rivulet.errors")).isEmpty();
    }

    @Test
    @Order(4)
    void aReloadComesBackToWhereTheViewerWas() {
        Page page = complete();
        page.evaluate("() => { rivulet.video.currentTime = 9; }");
        page.waitForFunction("() => !rivulet.video.seeking && rivulet.video.readyState >= 2");

        page.reload();

        page.waitForFunction("() => window.rivulet?.video.readyState >= 2");
        at(page, 9);
    }

    /** The page of the film when all of it is there. */
    private static Page complete() {
        if (film.isEmpty()) {
            Path clip = MadeMedia.mp4(browsing.folder().resolve("film.mp4"), "1920x1080", "30", SECONDS);
            film = browsing.server().upload(clip, "A film").getString("id");
        }
        try (Updates updates = browsing.server().follow(film)) {
            assertThat(updates.end(PATIENCE).getString("status")).isEqualTo("COMPLETED");
        }
        Page page = browsing.page();
        page.navigate("/watch/" + film);
        page.waitForFunction("() => window.rivulet?.hls && rivulet.video.readyState >= 2");
        return page;
    }

    private static void play(Page page) {
        page.evaluate("() => { rivulet.video.muted = true; return rivulet.video.play(); }");
    }

    /** Waits for the end; not one gap, not one step back, not one error on the way. */
    private static void playedThrough(Page page) {
        page.waitForFunction("() => rivulet.video.ended");
        assertThat(list(page, "seen.back")).isEmpty();
        assertThat(list(page, "rivulet.errors")).isEmpty();
        assertThat(page.evaluate("rivulet.video.buffered.length")).isEqualTo(1);
        assertThat(number(page, "rivulet.video.buffered.start(0)")).isZero();
        assertThat(number(page, "rivulet.video.buffered.end(0)")).isBetween(SECONDS - 0.05, SECONDS + 0.05);
        assertThat(number(page, "rivulet.video.currentTime")).isBetween(SECONDS - 0.05, SECONDS + 0.05);
    }

    private static void at(Page page, double seconds) {
        page.waitForFunction(
                "seconds => !rivulet.video.seeking && Math.abs(rivulet.video.currentTime - seconds) < 0.9", seconds);
    }

    private static List<?> list(Page page, String expression) {
        return (List<?>) page.evaluate(expression);
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }
}
