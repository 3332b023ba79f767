package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LibraryPageIT {
    private static final String READY = "[data-live=live]";
    private static final String RECORD_PROGRESS =
            """
            () => {
              window.shares = [];
              new MutationObserver(() => {
                const share = document.querySelector('.upload progress')?.value;
                if (share !== undefined && share !== window.shares.at(-1)) window.shares.push(share);
              }).observe(document, { subtree: true, childList: true, attributes: true });
            }""";

    private static final String NO_WEB_SOCKET = "window.WebSocket = class { constructor() { this.readyState = 3;"
            + " setTimeout(() => this.onclose?.({ code: 1006 })); } close() {} };";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void aChosenFileIsUploadedWithItsProgressAndItsCardLivesInEveryOpenTab() throws IOException {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("harbour_at_dawn.mp4"), "640x360", "30", 8);
        padded(clip, 96 << 20);
        Page here = library(browsing.page());
        Page elsewhere = library(browsing.page());
        for (Page page : List.of(here, elsewhere)) {
            page.evaluate("window.neverReloaded = true");
        }
        here.evaluate(RECORD_PROGRESS);

        here.setInputFiles("#file", clip);

        for (Page page : List.of(here, elsewhere)) {
            Locator card = card(page, "harbour at dawn");
            assertThat(card.locator(".card-link")).hasAttribute("href", Pattern.compile("/watch/.+"));
            assertThat(card).hasAttribute("data-status", "COMPLETED");
            assertThat(card.locator(".chip[data-state=joined]")).containsText(new String[] {"144p", "240p", "360p"});
            assertThat(card.locator(".length")).hasText("0:08");
            assertThat(card.locator(".stage")).hasText("All qualities ready");
            page.waitForFunction("() => document.querySelector('.card img').naturalWidth > 0");
            assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        }
        assertThat(here.locator(".upload")).hasCount(0);
        List<Double> shares = ((List<?>) here.evaluate("window.shares"))
                .stream().map(share -> ((Number) share).doubleValue()).toList();
        assertThat(shares).isSorted();
        assertThat(shares.stream().filter(share -> share > 0 && share < 100)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aDroppedFileWithMarkupInItsNameIsATitleAndNothingElse() throws IOException {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("tiny.mp4"), "256x144", "25", 2);
        String title = "<img src=nowhere onerror=\"window.broken=1\"> & <b>bold</b>";
        Page page = library(browsing.page());

        drop(page, title + ".mp4", Files.readAllBytes(clip));

        Locator card = card(page, title);
        assertThat(card).hasAttribute("data-status", "COMPLETED");
        assertThat(card.locator(".card-link")).hasText(title);
        card.locator(".card-link").click();
        assertThat(page.locator("h1")).hasText(title);
        assertThat(page).hasTitle(title + " · Rivulet");
        assertThat(page.locator("img[src=nowhere]")).hasCount(0);
        assertThat(page.evaluate("window.broken")).isNull();
    }

    @Test
    void aFileThatIsNoVideoGetsACardThatSaysSo() {
        Page page = library(browsing.page());
        byte[] text = "Dear diary, this is no video.".repeat(40).getBytes(StandardCharsets.UTF_8);

        page.setInputFiles("#file", new FilePayload("diary.mp4", "video/mp4", text));

        Locator card = card(page, "diary");
        assertThat(card).hasAttribute("data-status", "FAILED");
        String id = card.getAttribute("data-id");
        String sentence = browsing.server().video(id).getJsonObject("error").getString("message");
        assertThat(card.locator(".fault .error-text")).hasText("This file is not a video.");
        assertThat(card.locator(".advice")).containsText("Choose a video file");
        assertThat(card.locator(".card-link[href]")).hasCount(0);
        assertThat(card.locator(".fault-message")).isHidden();
        card.locator("summary").click();
        assertThat(card.locator(".fault-message")).hasText(sentence);
        page.navigate("/watch/" + id);
        assertThat(page.locator(".waiting-text")).hasText("This file is not a video.");
        assertThat(page.locator("#state .advice")).containsText("Choose a video file");
        assertThat(page.locator("#state .error-text")).hasText("");
    }

    @Test
    void aPartialVideoSaysWhatCanBeWatchedAndKeepsTheServersWordsAsText() {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("half.mp4"), "426x240", "25", 3);
        String id = browsing.server().upload(clip, "half made").getString("id");
        try (Updates updates = browsing.server().follow(id)) {
            updates.end(60);
        }
        String message = "240p: Encoding failed: <img src=nowhere onerror=\"window.broken=1\">";
        Page page = browsing.page();
        page.addInitScript(NO_WEB_SOCKET);
        page.route(Pattern.compile("/videos/" + id + "$|/videos\\?"), route -> {
            APIResponse answer = route.fetch();
            JsonObject body = new JsonObject(answer.text());
            body.getJsonArray("items", JsonArray.of(body)).stream()
                    .map(JsonObject.class::cast)
                    .filter(video -> video.getString("id").equals(id))
                    .forEach(video -> withoutItsBestQuality(video, message));
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body.encode()));
        });

        page.navigate("/");

        Locator card = card(page, "half made");
        assertThat(card.locator(".fault .error-text")).hasText("144p can be watched; 240p could not be made.");
        card.locator("summary").click();
        assertThat(card.locator(".fault-message")).hasText(message);
        assertThat(page).hasURL(Pattern.compile("/$"));
        card.locator(".card-link").click();
        assertThat(page.locator(".fault .error-text")).hasText("144p can be watched; 240p could not be made.");
        assertThat(page.locator(".advice")).containsText("Upload it again later");
        assertThat(page.locator(".fault-message")).isHidden();
        page.locator("#state summary").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".fault-message")).hasText(message);
        assertThat(page.evaluate("window.broken")).isNull();
        page.waitForFunction("() => window.rivulet?.video.readyState >= 2");
    }

    private static void withoutItsBestQuality(JsonObject video, String message) {
        JsonObject error = new JsonObject().put("code", "encode_failed").put("message", message);
        video.put("status", "PARTIAL").put("error", error);
        JsonObject qualities = video.getJsonObject("metadata").getJsonObject("qualities");
        qualities.getJsonObject("240p").put("joined", false).put("error", error);
    }

    @Test
    void theLibraryGoesOnAfterAReloadInTheMiddle() {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("interrupted.mp4"), "854x480", "30", 12);
        Page page = library(browsing.page());
        page.setInputFiles("#file", clip);
        assertThat(card(page, "interrupted").locator(".chip").first()).isVisible();

        page.reload();

        assertThat(card(page, "interrupted")).hasAttribute("data-status", "COMPLETED");
    }

    @Test
    void aVideoIsDeletedForGoodWithoutWaitingWhenThatIsAskedFor() {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("unwanted.mp4"), "256x144", "25", 2);
        String id = browsing.server().upload(clip, "unwanted").getString("id");
        Page page = library(browsing.page());
        Locator card = card(page, "unwanted");
        assertThat(card).hasAttribute("data-status", "COMPLETED");

        card.locator("button:visible")
                .filter(new Locator.FilterOptions().setHasText("Delete"))
                .click();
        assertThat(card).isHidden();
        page.locator(".toast button[aria-label='Delete unwanted now']").click();

        assertThat(card).hasCount(0);
        assertThat(browsing.server().get("/videos/" + id).statusCode()).isEqualTo(404);
        page.navigate("/watch/" + id);
        assertThat(page.locator("#error")).hasText("There is no video with this id.");
    }

    @Test
    void whereAProxyLetsNoWebSocketThroughThePagesAreStillLive() {
        Path clip = MadeMedia.mp4(browsing.folder().resolve("behind.mp4"), "426x240", "30", 6);
        Page page = browsing.page();
        Page watch = browsing.page();
        for (Page each : List.of(page, watch)) {
            each.addInitScript(NO_WEB_SOCKET);
        }
        library(page);
        String id = browsing.server().upload(clip, "behind a proxy").getString("id");

        watch.navigate("/watch/" + id);

        watch.waitForFunction("() => document.body.dataset.status === 'COMPLETED'");
        watch.waitForFunction("() => document.body.dataset.levels === '144p,240p'");
        assertThat(card(page, "behind a proxy")).hasAttribute("data-status", "COMPLETED");
    }

    private static Page library(Page page) {
        page.navigate("/");
        page.waitForSelector(READY);
        return page;
    }

    private static Locator card(Page page, String title) {
        return page.locator(".card")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(title, new Page.GetByTextOptions().setExact(true))));
    }

    /** Makes an MP4 as large as a real one: a box that every reader skips (ISO 14496-12, 8.1.2). */
    private static void padded(Path mp4, int bytes) throws IOException {
        ByteBuffer free = ByteBuffer.allocate(bytes).putInt(bytes).put("free".getBytes(StandardCharsets.US_ASCII));
        Files.write(mp4, free.array(), StandardOpenOption.APPEND);
    }

    private static void drop(Page page, String name, byte[] content) {
        JSHandle files = page.evaluateHandle(
                "({ name, content }) => { const data = new DataTransfer();"
                        + "const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));"
                        + "data.items.add(new File([bytes], name, { type: 'video/mp4' })); return data; }",
                Map.of("name", name, "content", Base64.getEncoder().encodeToString(content)));
        page.dispatchEvent("body", "dragenter", Map.of("dataTransfer", files));
        assertThat(page.locator(".veil")).isVisible();
        page.dispatchEvent("body", "drop", Map.of("dataTransfer", files));
        assertThat(page.locator(".veil")).isHidden();
    }
}
