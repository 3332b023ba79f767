package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.rivulet.browser.Uploading.begun;
import static dev.rivulet.browser.Uploading.button;
import static dev.rivulet.browser.Uploading.card;
import static dev.rivulet.browser.Uploading.library;
import static dev.rivulet.browser.Uploading.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.rivulet.browser.Uploading.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A browser that gives a handle of a file, and after a reload wants the person to permit its use again. */
class HandlePermissionIT {
    /** The dialogs of the browser, which tests cannot press: one file is chosen, and its use permitted by a press. */
    private static final String DIALOGS =
            """
            window.showOpenFilePicker = async () => {
              window.picked = (window.picked ?? 0) + 1;
              const root = await navigator.storage.getDirectory();
              const handle = await root.getFileHandle('asked for.mp4', { create: true });
              const out = await handle.createWritable();
              await out.write(await (await fetch('/made/clip')).blob());
              await out.close();
              return [handle];
            };
            FileSystemFileHandle.prototype.queryPermission = async () => 'prompt';
            FileSystemFileHandle.prototype.requestPermission = async ({ mode }) => {
              window.requested = (window.requested ?? 0) + 1;
              return mode === 'read' && navigator.userActivation.isActive ? 'granted' : 'denied';
            };""";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void afterAReloadOnePressPermitsTheSameFileAndItGoesOnWhereItWas() throws IOException {
        Path clip = Uploading.clip(browsing.folder().resolve("permission.mp4"));
        Page page = browsing.page();
        page.addInitScript(DIALOGS);
        page.route("**/made/clip", route -> route.fulfill(new Route.FulfillOptions().setPath(clip)));
        library(page);
        Uploading.slow(page);
        page.getByText("Choose videos", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        begun(page);
        String id = card(page, "asked for").getAttribute("data-id");
        List<Said> said = Uploading.listen(page);

        page.reload();

        assertThat(row(page, "asked for")).hasAttribute("data-state", "asking");
        assertThat(page.evaluate("window.requested"))
                .as("nobody is asked unbidden")
                .isNull();
        button(row(page, "asked for"), "Go on").click();
        assertThat(row(page, "asked for")).hasCount(0);
        assertThat(card(page, "asked for")).hasAttribute("data-status", "COMPLETED");
        assertThat(card(page, "asked for")).hasAttribute("data-id", id);
        assertThat(page.evaluate("window.requested")).isEqualTo(1);
        assertThat(page.evaluate("window.picked"))
                .as("no dialog to find the file")
                .isNull();
        assertThat(said).extracting(Said::method).contains("PATCH").doesNotContain("POST");
        Uploading.arrived(page, "asked for", clip, browsing.server().data());
    }
}
