package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rivulet.browser.Uploading.SLOW;
import static dev.rivulet.browser.Uploading.arrived;
import static dev.rivulet.browser.Uploading.begun;
import static dev.rivulet.browser.Uploading.button;
import static dev.rivulet.browser.Uploading.card;
import static dev.rivulet.browser.Uploading.library;
import static dev.rivulet.browser.Uploading.listen;
import static dev.rivulet.browser.Uploading.row;
import static dev.rivulet.browser.Uploading.slow;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.rivulet.browser.Uploading.Network;
import dev.rivulet.browser.Uploading.Said;
import dev.rivulet.testing.Cable;
import dev.rivulet.testing.MadeMedia;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queue of uploads, from the page's first byte to the server's last. */
class UploadPageIT {
    /** The browser's own dialog, answered with a file of the browser's own disk, whose handle outlives a reload. */
    private static final String PICKER =
            """
            window.showOpenFilePicker = async () => {
              const root = await navigator.storage.getDirectory();
              const handle = await root.getFileHandle('by handle.mp4', { create: true });
              if ((await handle.getFile()).size === 0) {
                const out = await handle.createWritable();
                await out.write(await (await fetch('/made/clip')).blob());
                await out.close();
              }
              return [handle];
            };""";

    private static final String NO_PICKER = "delete window.showOpenFilePicker; delete window.showDirectoryPicker;";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Path clip = Path.of("");

    @BeforeAll
    static void film() throws IOException {
        clip = Uploading.clip(browsing.folder().resolve("film.mp4"));
    }

    @Test
    void whereTheDescriptionComesLastItIsSentFirstAndTheVideoIsKnownAtOnce() throws IOException {
        Page page = library(browsing.page());
        Path mine = Files.copy(clip, browsing.folder().resolve("tail_first.mp4"));
        slow(page);
        List<Said> said = listen(page);

        page.setInputFiles("#file", mine);

        begun(page);
        assertThat(card(page, "tail first")).hasAttribute("data-status", "UPLOADING");
        assertThat(card(page, "tail first").locator(".stage")).hasText("Uploading");
        assertThat(row(page, "tail first").locator(".numbers")).containsText(Pattern.compile("MB/s · .* left"));
        assertThat(row(page, "tail first")).hasCount(0);
        assertThat(card(page, "tail first")).hasAttribute("data-status", "COMPLETED");
        List<Said> posts =
                said.stream().filter(one -> one.method().equals("POST")).toList();
        assertThat(posts).hasSize(3);
        assertThat(posts).extracting(Said::concat).startsWith("partial", "partial");
        String[] parts = String.valueOf(posts.get(2).concat()).split("[; ]");
        List<String> written = said.stream()
                .filter(one -> one.method().equals("PATCH"))
                .map(Said::path)
                .toList();
        assertThat(written).containsExactly(parts[2], parts[1]);
        assertThat(said.indexOf(posts.get(2)))
                .isLessThan(said.stream().map(Said::method).toList().indexOf("PATCH"));
        arrived(page, "tail first", mine, browsing.server().data());
    }

    @Test
    void anUploadIsPausedResumedAndCancelledWithAllItsParts() throws IOException {
        Path mine = Files.copy(clip, browsing.folder().resolve("stopped_by_hand.mp4"));
        Page page = library(browsing.page());
        slow(page);
        List<Said> said = listen(page);
        page.setInputFiles("#file", mine);
        Locator row = row(page, "stopped by hand");
        begun(page);

        button(row, "Pause").click();

        assertThat(row).hasAttribute("data-state", "paused");
        assertThat(row.locator(".numbers")).containsText("Paused");
        assertThat(button(row, "Resume")).isFocused();
        String part = said.stream()
                .filter(one -> one.method().equals("PATCH"))
                .reduce((one, next) -> next)
                .orElseThrow()
                .path();
        String offset = offset(part);
        page.reload();
        assertThat(row).hasAttribute("data-state", "asking");
        page.setInputFiles("#file", mine);
        begun(page);
        assertThat(row).hasAttribute("data-state", "sending");
        assertThat(offset).isNotEqualTo("0");
        button(row, "Pause").click();
        button(row, "Resume").click();
        assertThat(row).hasAttribute("data-state", "sending");
        String id = card(page, "stopped by hand").getAttribute("data-id");
        button(row, "Cancel").click();
        button(row, "Cancel and delete?").click();

        assertThat(row).hasCount(0);
        assertThat(card(page, "stopped by hand")).hasCount(0);
        assertThat(browsing.server().get("/videos/" + id).statusCode()).isEqualTo(404);
        List<String> parts = said.stream()
                .filter(one -> one.path().length() > "/uploads".length())
                .map(Said::path)
                .distinct()
                .toList();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(3);
        for (String path : parts) {
            assertThat(head(path)).as(path).isEqualTo(404);
            assertThat(browsing.server().data().resolve("work" + path + ".part"))
                    .doesNotExist();
        }
        page.reload();
        page.waitForSelector("[data-live=live]");
        assertThat(page.locator(".upload")).hasCount(0);
    }

    @Test
    void aLostNetworkIsWaitedForAndTheUploadGoesOnWhereItWas() throws IOException {
        Path mine = Files.copy(clip, browsing.folder().resolve("lost_network.mp4"));
        try (Cable cable = new Cable(browsing.server().port())) {
            Page page = browsing.page();
            page.navigate(cable.url());
            page.waitForSelector("[data-live=live]");
            slow(page);
            List<Said> said = listen(page);
            page.setInputFiles("#file", mine);
            begun(page);

            cable.cut();

            Locator row = row(page, "lost network");
            assertThat(row).hasAttribute("data-state", "waiting");
            assertThat(row.locator(".hint")).containsText("It goes on by itself.");
            assertThat(page.locator("body")).hasAttribute("data-live", "waiting");
            int before = said.size();
            cable.mend();
            assertThat(row).hasCount(0);
            assertThat(card(page, "lost network")).hasAttribute("data-status", "COMPLETED");
            assertThat(said.subList(before, said.size()).stream()
                            .filter(one -> one.method().equals("PATCH"))
                            .map(Said::offset))
                    .as("goes on behind what has arrived")
                    .first()
                    .isNotEqualTo("0");
            arrived(page, "lost network", mine, browsing.server().data());
        }
    }

    @Test
    void afterAReloadAFileWithAHandleGoesOnByItself() throws IOException {
        Page page = browsing.page();
        page.addInitScript(PICKER);
        page.route("**/made/clip", route -> route.fulfill(new Route.FulfillOptions().setPath(clip)));
        library(page);
        slow(page);
        page.getByText("Choose videos", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        begun(page);
        String id = card(page, "by handle").getAttribute("data-id");
        List<Said> said = listen(page);

        page.reload();

        assertThat(row(page, "by handle")).hasAttribute("data-state", "sending");
        assertThat(row(page, "by handle")).hasCount(0);
        assertThat(card(page, "by handle")).hasAttribute("data-status", "COMPLETED");
        assertThat(card(page, "by handle")).hasAttribute("data-id", id);
        assertThat(said).extracting(Said::method).doesNotContain("POST");
        arrived(page, "by handle", clip, browsing.server().data());
    }

    @Test
    void afterAReloadWithoutAHandleTheRowAsksForTheSameFileAndTakesNoOther() throws IOException {
        Path mine = Files.copy(clip, browsing.folder().resolve("asked_again.mp4"));
        Path other = MadeMedia.mp4(browsing.folder().resolve("quite_another.mp4"), "256x144", "25", 2);
        Page page = browsing.page();
        page.addInitScript(NO_PICKER);
        library(page);
        slow(page);
        page.setInputFiles("#file", mine);
        begun(page);
        List<Said> said = listen(page);

        page.reload();

        Locator row = row(page, "asked again");
        assertThat(row).hasAttribute("data-state", "asking");
        assertThat(row.locator(".hint")).containsText("Choose or drop asked_again.mp4 again");
        page.waitForFileChooser(() -> button(row, "Choose the same file").click())
                .setFiles(other);
        assertThat(row.locator(".hint")).containsText("This is quite_another.mp4");
        assertThat(row).hasAttribute("data-state", "asking");
        page.waitForFileChooser(() -> button(row, "Choose the same file").click())
                .setFiles(mine);
        assertThat(row).hasCount(0);
        assertThat(card(page, "asked again")).hasAttribute("data-status", "COMPLETED");
        assertThat(said).extracting(Said::method).doesNotContain("POST");
        arrived(page, "asked again", mine, browsing.server().data());
    }

    @Test
    void aRefusedUploadSaysWhyAndIsTriedAgainOrRemoved() {
        Page page = library(browsing.page());
        page.route(
                "**/uploads",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(507)
                        .setContentType("application/problem+json")
                        .setBody("{\"code\":\"no_space\",\"detail\":\"The server has no space left.\"}")));
        byte[] text = "Dear diary, this is no video.".getBytes(StandardCharsets.UTF_8);
        page.setInputFiles("#file", new FilePayload[] {
            new FilePayload("refused.mkv", "video/x-matroska", text), new FilePayload("unwanted.mkv", "video/mp4", text)
        });
        assertThat(row(page, "refused").locator(".error-text").first()).hasText("The server has no space left.");

        page.unroute("**/uploads");
        row(page, "unwanted").locator("button[aria-label^=Remove]").click();
        button(row(page, "refused"), "Try again").click();

        assertThat(page.locator(".upload")).hasCount(0);
        assertThat(card(page, "refused")).hasAttribute("data-status", "FAILED");
        assertThat(card(page, "unwanted")).hasCount(0);
    }

    @Test
    void anUploadWhoseVideoIsCancelledByItsCardLeavesTheList() throws IOException {
        Path mine = Files.copy(clip, browsing.folder().resolve("by_its_card.mp4"));
        Page page = library(browsing.page());
        new Network(page).bytesPerSecond(SLOW / 4);
        page.setInputFiles("#file", mine);
        begun(page);
        Locator card = card(page, "by its card");
        Locator cancel = card.locator("button:visible").filter(new Locator.FilterOptions().setHasText("Cancel"));

        cancel.click();
        cancel.click();

        assertThat(page.locator(".upload")).hasCount(0);
        assertThat(card).hasAttribute("data-status", "CANCELLED");
    }

    private static int head(String path) {
        return browsing.server().send(question(path)).statusCode();
    }

    private static String offset(String path) {
        return browsing.server()
                .send(question(path))
                .headers()
                .firstValue("upload-offset")
                .orElseThrow();
    }

    private static HttpRequest question(String path) {
        return HttpRequest.newBuilder(browsing.server().uri(path))
                .header("Tus-Resumable", "1.0.0")
                .method("HEAD", BodyPublishers.noBody())
                .build();
    }
}
