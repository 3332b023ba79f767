package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rivulet.browser.Uploading.card;
import static dev.rivulet.browser.Uploading.library;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.rivulet.testing.Cable;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Searching, naming and deleting in the library. */
class FindingPageIT {
    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static Path clip = Path.of("");

    @BeforeAll
    static void videos() throws IOException {
        clip = MadeMedia.mp4(browsing.folder().resolve("finding.mp4"), "256x144", "25", 2);
        Path text = Files.writeString(browsing.folder().resolve("finding-text.mp4"), "no video");
        made("Zebras at the river");
        made("Zebras by night");
        settled(browsing.server().upload(text, "Zebras that failed").getString("id"));
    }

    private static String made(String title) {
        return settled(browsing.server().upload(clip, title).getString("id"));
    }

    private static String settled(String id) {
        try (Updates updates = browsing.server().follow(id)) {
            updates.end(60);
        }
        return id;
    }

    @Test
    void wordsAndStateNarrowTheLibraryAlsoForWhatComesAndAfterAReload() {
        Page page = library(browsing.page());
        Locator titles = page.locator(".card .card-link");

        page.keyboard().press("/");
        assertThat(page.locator("#q")).isFocused();
        page.keyboard().type("RIVER zebras");
        assertThat(titles).hasText(new String[] {"Zebras at the river"});
        assertThat(page).hasURL(Pattern.compile("\\?q=RIVER\\+zebras$"));
        made("Lions at the river");
        String found = made("More zebras at the river");
        assertThat(titles).hasText(new String[] {"More zebras at the river", "Zebras at the river"});
        assertThat(browsing.server()
                        .send(HttpRequest.newBuilder(browsing.server().uri("/videos/" + found))
                                .DELETE()
                                .build())
                        .statusCode())
                .isEqualTo(204);

        page.locator("#q").fill("zebras");
        page.locator("#state").selectOption("FAILED");
        assertThat(titles).hasText(new String[] {"Zebras that failed"});
        page.reload();
        assertThat(titles).hasText(new String[] {"Zebras that failed"});
        assertThat(page.locator("#q")).hasValue("zebras");
        page.locator("#q").fill("no such animal");
        assertThat(page.locator("#nothing")).isVisible();
        assertThat(page.locator("#empty")).isHidden();
        page.getByText("Show all").click();
        assertThat(page.locator("#nothing")).isHidden();
        assertThat(card(page, "Zebras by night")).isVisible();
        assertThat(page).hasURL(Pattern.compile("/$"));
    }

    @Test
    void aVideoIsRenamedInPlaceByKeysAlone() {
        String id = made("Old name");
        Page page = library(browsing.page());
        Locator card = page.locator(".card[data-id='" + id + "']");
        Locator rename = card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Rename Old name"));
        rename.focus();
        page.keyboard().press("Enter");
        assertThat(card.locator("input")).isFocused();
        page.keyboard().type("Not this one");
        page.keyboard().press("Escape");
        assertThat(card.locator(".card-link")).hasText("Old name");
        assertThat(rename).isFocused();

        page.keyboard().press("Enter");
        page.keyboard().type("New <i>name</i>");
        page.keyboard().press("Enter");

        assertThat(card.locator(".card-link")).hasText("New <i>name</i>");
        assertThat(browsing.server().video(id).getString("title")).isEqualTo("New <i>name</i>");
    }

    @Test
    void whatIsDeletedComesBackByUndoAndIsGoneWhenThePageIsLeft() {
        String id = made("Nearly lost");
        Page page = library(browsing.page());
        Locator card = page.locator(".card[data-id='" + id + "']");
        Locator remove = card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete Nearly lost"));

        remove.focus();
        page.keyboard().press("Enter");

        assertThat(card).isHidden();
        Locator undo = page.locator(".toast").getByText("Undo");
        assertThat(undo).isFocused();
        assertThat(page.locator("#announce")).hasText("Nearly lost is deleted. Undo is offered.");
        assertThat(browsing.server().get("/videos/" + id).statusCode()).isEqualTo(200);
        page.keyboard().press("Enter");
        assertThat(card).isVisible();
        assertThat(card.locator(".card-link")).isFocused();
        assertThat(page.locator(".toast")).hasCount(0);

        remove.click();
        assertThat(card).isHidden();
        page.navigate("/admin");

        gone(page, id);
    }

    @Test
    void whatNobodyWantsBackIsDeletedForGood() {
        String id = made("Not wanted");
        Page page = browsing.page();
        page.clock().install();
        library(page);
        Locator card = page.locator(".card[data-id='" + id + "']");
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete Not wanted"))
                .click();
        page.locator(".toast").getByText("Undo").click();
        page.clock().fastForward(60_000);
        assertThat(card).isVisible();
        assertThat(browsing.server().get("/videos/" + id).statusCode()).isEqualTo(200);

        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete Not wanted"))
                .click();
        assertThat(page.locator(".toast")).isVisible();
        page.mouse().move(0, 0);
        page.clock().fastForward(11_000);

        assertThat(page.locator(".toast")).hasCount(0);
        assertThat(card).hasCount(0);
        gone(page, id);
    }

    @Test
    void whatWasMissedWhileTheConnectionWasLostIsMadeUpFor() {
        String deleted = made("Deleted meanwhile");
        String renamed = made("Renamed meanwhile");
        try (Cable cable = new Cable(browsing.server().port())) {
            Page page = browsing.page();
            page.navigate(cable.url());
            page.waitForSelector("[data-live=live]");
            assertThat(card(page, "Deleted meanwhile")).isVisible();
            cable.cut();
            assertThat(page.locator("body")).hasAttribute("data-live", "waiting");
            browsing.server()
                    .send(HttpRequest.newBuilder(browsing.server().uri("/videos/" + deleted))
                            .DELETE()
                            .build());
            browsing.server()
                    .send(HttpRequest.newBuilder(browsing.server().uri("/videos/" + renamed))
                            .header("Content-Type", "application/json")
                            .method("PATCH", BodyPublishers.ofString("{\"title\":\"Has another name\"}"))
                            .build());
            made("Came meanwhile");

            cable.mend();

            assertThat(page.locator("body")).hasAttribute("data-live", "live");
            assertThat(card(page, "Came meanwhile")).hasAttribute("data-status", "COMPLETED");
            assertThat(card(page, "Has another name")).isVisible();
            assertThat(card(page, "Deleted meanwhile")).hasCount(0);
        }
    }

    /** The browser's last words may take a moment to arrive. */
    private static void gone(Page page, String id) {
        page.waitForFunction("async id => (await fetch('/videos/' + id)).status === 404", id);
        assertThat(browsing.server().get("/videos/" + id).statusCode()).isEqualTo(404);
    }
}
