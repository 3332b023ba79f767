package dev.rivulet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import dev.rivulet.testing.MadeMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What tests of uploads by the page do and look at. */
final class Uploading {
    static final int SLOW = 4 << 20;

    private Uploading() {}

    /** A request of the protocol as the browser sent it. */
    record Said(String method, String path, @Nullable String concat, @Nullable String offset) {}

    /** Some 20 MB of real video whose description lies behind the samples, as a camera writes it. */
    static Path clip(Path file) throws IOException {
        MadeMedia.clip(
                file,
                "640x360",
                "25",
                3,
                "-vf",
                "noise=alls=50:allf=t",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-qp",
                "14",
                "-c:a",
                "aac");
        assertThat(Files.size(file)).isGreaterThan(8 << 20);
        return file;
    }

    static Page library(Page page) {
        page.navigate("/");
        page.waitForSelector("[data-live=live]");
        return page;
    }

    /** What the browser's network can do, from now on; also after the page was loaded anew. */
    static final class Network {
        private final CDPSession session;

        Network(Page page) {
            session = page.context().newCDPSession(page);
            session.send("Network.enable");
        }

        void bytesPerSecond(int upwards) {
            JsonObject conditions = new JsonObject();
            conditions.addProperty("offline", false);
            conditions.addProperty("latency", 0);
            conditions.addProperty("downloadThroughput", -1);
            conditions.addProperty("uploadThroughput", upwards);
            session.send("Network.emulateNetworkConditions", conditions);
        }
    }

    /** A network on which a {@link #clip} takes some seconds. */
    static Network slow(Page page) {
        Network network = new Network(page);
        network.bytesPerSecond(SLOW);
        return network;
    }

    /** All that the page says to the server about uploads, from now on. */
    static List<Said> listen(Page page) {
        List<Said> said = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            String path = request.url().replaceFirst("^\\w+://[^/]+", "");
            if (path.startsWith("/uploads")) {
                said.add(said(request, path));
            }
        });
        return said;
    }

    private static Said said(Request request, String path) {
        return new Said(
                request.method(),
                path,
                request.headers().get("upload-concat"),
                request.headers().get("upload-offset"));
    }

    static Locator row(Page page, String title) {
        return page.locator(".upload").filter(new Locator.FilterOptions().setHasText(title));
    }

    static Locator card(Page page, String title) {
        return page.locator(".card")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(title, new Page.GetByTextOptions().setExact(true))));
    }

    static Locator button(Locator row, String text) {
        return row.locator("button:visible").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** Waits until some of it is under way, and not all. */
    static void begun(Page page) {
        page.waitForFunction("() => [...document.querySelectorAll('.upload progress')]"
                + ".some((bar) => bar.value > 15 && bar.value < 90)");
    }

    /** What arrived is what was sent, byte for byte. */
    static void arrived(Page page, String title, Path clip, Path data) throws IOException {
        String id = card(page, title).getAttribute("data-id");
        assertThat(Files.mismatch(clip, data.resolve("media/" + id + "/source/original")))
                .isEqualTo(-1);
    }
}
