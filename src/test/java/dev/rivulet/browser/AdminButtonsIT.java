package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import dev.rivulet.testing.BreakableTools;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.RunningServer;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What those who run the server can do about a video. */
class AdminButtonsIT {
    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @TempDir
    static Path folder;

    static BreakableTools tools;
    static RunningServer server;

    @BeforeAll
    static void start() {
        tools = new BreakableTools(folder.resolve("tools"));
        server = RunningServer.start(folder.resolve("data"), tools.settings(), BreakableTools.LOWEST_ALONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatFailedSaysWhyAndIsMadeAtThePressOfAButton() {
        tools.breakWith("/240p/");
        Path clip = MadeMedia.mp4(folder.resolve("partly.mp4"), "640x360", "25", 5);
        String id = server.upload(clip, "partly").getString("id");
        Page page = admin();
        Locator video = page.locator(".row-body.troubled[data-id='" + id + "']");
        assertThat(video.locator(".badge")).hasText("Some qualities failed");
        assertThat(video.locator(".code")).hasText("encode_failed");
        Locator attempt = page.locator(".row-body.failure")
                .filter(new Locator.FilterOptions().setHasText("given up"))
                .first();
        assertThat(attempt.locator(".row-what")).hasText(Pattern.compile("Chunk \\d · 240p, 360p"));
        attempt.locator("summary").click();
        assertThat(attempt.locator("pre")).containsText("broken by the test");
        tools.repair();

        Request one = page.waitForRequest("**/videos/" + id + "/retry", () -> button(video, "Retry 240p of partly")
                .click());
        assertThat(new JsonObject(one.postData())).isEqualTo(new JsonObject().put("quality", "240p"));
        assertThat(page.locator("#announce")).hasText("partly is tried again.");
        assertThat(button(video, "Retry 240p of partly")).hasCount(0);
        assertThat(video.locator(".reason")).containsText("360p");

        Request rest = page.waitForRequest("**/videos/" + id + "/retry", () -> button(video, "Retry partly")
                .click());
        assertThat(rest.postData()).isNull();
        try (Updates updates = server.follow(id)) {
            updates.stage(120, "done");
        }
        assertThat(video).hasCount(0);
        assertThat(page.locator(".row-body.video[data-id='" + id + "']")).hasCount(0);
    }

    @Test
    void aVideoInWorkIsCancelledByTwoPresses() {
        Path clip = MadeMedia.mp4(folder.resolve("unwanted.mp4"), "1280x720", "30", 60);
        String id = server.upload(clip, "unwanted").getString("id");
        Page page = admin();
        Locator video = page.locator(".row-body.video[data-id='" + id + "']");

        button(video, "Cancel unwanted").click();
        page.waitForResponse("**/admin/work", () -> {});
        Request request = page.waitForRequest(
                "**/videos/" + id + "/cancel",
                () -> button(video, "Cancel and delete everything? unwanted").click());

        assertThat(request.method()).isEqualTo("POST");
        assertThat(video).hasCount(0);
        assertThat(page.locator("#announce")).hasText("unwanted is cancelled.");
        assertThat(page.locator("#running")).not().containsText("unwanted");
        assertThat((String) page.evaluate("document.activeElement.id"))
                .as("where the focus was, there is nothing any more")
                .isEqualTo("videos-title");
        assertThat(server.video(id).getString("status")).isEqualTo("CANCELLED");
    }

    @Test
    void aRefusalIsToldWhereTheButtonIs() throws IOException {
        String id = server.upload(Files.writeString(folder.resolve("diary.mp4"), "no video"), "diary")
                .getString("id");
        Page page = admin();
        Locator video = page.locator(".row-body.troubled[data-id='" + id + "']");
        assertThat(video.locator(".code")).hasText("not_a_video");

        button(video, "Retry diary").click();

        assertThat(video.locator(".error-text")).not().isEmpty();
        assertThat(button(video, "Retry diary")).isEnabled();
    }

    private static Page admin() {
        Page page = browsing.page();
        page.navigate(server.url() + "/admin");
        return page;
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
