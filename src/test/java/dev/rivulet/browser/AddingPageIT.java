package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rivulet.browser.Uploading.card;
import static dev.rivulet.browser.Uploading.library;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.OtherServer;
import dev.rivulet.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways in which files and links come to the page. */
class AddingPageIT {
    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Path clip = Path.of("");

    @BeforeAll
    static void film() {
        clip = MadeMedia.mp4(browsing.folder().resolve("adding.mp4"), "256x144", "25", 2);
    }

    @Test
    void filesAndAFolderAreDroppedTogetherAndOnlyTheFoldersVideosAreTaken() throws IOException {
        Path folder = Files.createDirectories(browsing.folder().resolve("dropped/deep"));
        Files.copy(clip, folder.resolve("in_the_depth.mp4"));
        Files.copy(clip, folder.resolveSibling("in_the_folder.mp4"));
        Files.writeString(folder.resolveSibling("notes.txt"), "no video");
        Files.writeString(folder.resolveSibling(".hidden.mp4"), "no video");
        Path single = Files.copy(clip, browsing.folder().resolve("on_its_own.mp4"));
        Path second = Files.copy(clip, browsing.folder().resolve("with_it.mp4"));
        Page page = library(browsing.page());

        drop(page, folder.getParent(), single, second);

        for (String title : new String[] {"in the depth", "in the folder", "on its own", "with it"}) {
            assertThat(card(page, title)).hasAttribute("data-status", "COMPLETED");
        }
        assertThat(card(page, "notes")).hasCount(0);
        assertThat(card(page, ".hidden")).hasCount(0);
        assertThat(page.locator(".upload")).hasCount(0);
    }

    @Test
    void aFolderIsChosenWhereTheBrowserHasNoDialogWithHandles() throws IOException {
        Path folder = Files.createDirectories(browsing.folder().resolve("chosen"));
        Files.copy(clip, folder.resolve("chosen_by_folder.mp4"));
        Files.writeString(folder.resolve("list.txt"), "no video");
        Page page = library(browsing.page());

        page.setInputFiles("#folder", folder);

        assertThat(card(page, "chosen by folder")).hasAttribute("data-status", "COMPLETED");
        assertThat(card(page, "list")).hasCount(0);
    }

    @Test
    void aLinkIsTypedOrPastedAnywhereAndTheServerFetchesIt() throws IOException {
        try (OtherServer other = new OtherServer(Files.readAllBytes(clip));
                RunningServer server = RunningServer.start(
                        Files.createTempDirectory(browsing.folder(), "links").resolve("data"),
                        "import: {allow: [127.0.0.1]}")) {
            Page page = browsing.page();
            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            page.navigate(server.url());
            page.waitForSelector("[data-live=live]");

            page.fill("#url", "no link at all");
            page.keyboard().press("Enter");
            assertThat(page.locator("#link-status")).containsText("This is no link");
            assertThat(page.locator("#url")).hasAttribute("aria-invalid", "true");
            page.fill("#url", other.url("/film.mp4"));
            page.keyboard().press("Enter");

            assertThat(page.locator(".card")).hasCount(1);
            assertThat(page.locator("#link-status")).hasText("");
            assertThat(page.locator("#url")).hasValue("");
            assertThat(page.locator(".card").first()).hasAttribute("data-status", "COMPLETED");
            page.evaluate("link => navigator.clipboard.writeText(link)", other.url("/film.mp4"));
            page.locator("h1").click();
            page.keyboard().press("Control+V");
            assertThat(page.locator(".card")).hasCount(2);
            assertThat(page.locator(".card").first()).hasAttribute("data-status", "COMPLETED");
        }
    }

    @Test
    void aLinkThatTheServerDoesNotFollowIsToldInItsOwnWords() {
        Page page = library(browsing.page());

        page.fill("#url", "http://127.0.0.1:9/secret.mp4");
        page.keyboard().press("Enter");

        assertThat(page.locator("#link-status")).containsText("does not fetch");
    }

    /** As a hand drops files from a file manager. */
    private static void drop(Page page, Path... paths) {
        CDPSession session = page.context().newCDPSession(page);
        JsonArray files = new JsonArray();
        for (Path path : paths) {
            files.add(path.toAbsolutePath().toString());
        }
        JsonObject data = new JsonObject();
        data.add("items", new JsonArray());
        data.add("files", files);
        data.addProperty("dragOperationsMask", 1);
        for (String type : new String[] {"dragEnter", "dragOver", "drop"}) {
            JsonObject event = new JsonObject();
            event.addProperty("type", type);
            event.addProperty("x", 300);
            event.addProperty("y", 300);
            event.add("data", data);
            session.send("Input.dispatchDragEvent", event);
        }
    }
}
