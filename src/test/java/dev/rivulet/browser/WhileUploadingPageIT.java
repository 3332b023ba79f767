package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.rivulet.testing.ArrivingUpload;
import dev.rivulet.testing.MadeMedia;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A film that is watched while it is uploaded, by somebody who has the link. */
class WhileUploadingPageIT {
    private static final int SECONDS = 60;

    /** Notes every frame that is shown, every step back, and every wait. */
    private static final String RECORD =
            """
            () => {
              const seen = (window.seen = { frames: 0, jump: 0, pause: 0, back: 0, waits: 0, at: 0 });
              let last = null;
              const frame = (now, { mediaTime }) => {
                if (last && !document.hidden) {
                  seen.jump = Math.max(seen.jump, mediaTime - last.mediaTime);
                  seen.pause = Math.max(seen.pause, now - last.now);
                  if (mediaTime < last.mediaTime) seen.back += 1;
                }
                last = { now, mediaTime };
                seen.frames += 1;
                rivulet.video.requestVideoFrameCallback(frame);
              };
              rivulet.video.requestVideoFrameCallback(frame);
              rivulet.video.addEventListener('waiting', () => (seen.waits += 1));
              rivulet.video.addEventListener('timeupdate', () => {
                if (rivulet.video.currentTime < seen.at - 0.001) seen.back += 1;
                seen.at = rivulet.video.currentTime;
              });
            }""";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @Test
    void playsDuringTheUploadAndTakesUpEveryQualityWithoutAReloadThoughTheSocketIsLost() throws Exception {
        Path clip = MadeMedia.clip(
                browsing.folder().resolve("arriving.mp4"),
                "640x360",
                "30",
                SECONDS,
                "-c:v libx264 -preset ultrafast -bf 2 -g 30 -b:v 1500k -pix_fmt yuv420p -c:a aac".split(" "));
        Page page = browsing.page();
        page.addInitScript("window.sockets = []; window.WebSocket = class extends WebSocket {"
                + " constructor(...all) { super(...all); window.sockets.push(this); } };");
        ArrivingUpload upload = ArrivingUpload.begin(browsing.server(), clip).sendTail();
        page.navigate("/watch/" + upload.id());
        // Faster than it is played, or its end would be waited for.
        long pace = 2 * Files.size(clip) / SECONDS;
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> upload.finish(pace));

        page.waitForFunction("() => window.rivulet?.hls && document.body.dataset.source === 'preview'");
        assertThat(page.evaluate("document.body.dataset.status")).isEqualTo("UPLOADING");
        page.waitForFunction("() => window.rivulet?.hls && rivulet.hls.levels.length > 0");
        page.evaluate("() => { rivulet.video.muted = true; return rivulet.video.play(); }");
        page.waitForFunction("() => rivulet.video.currentTime > 1");
        assertThat(page.evaluate("document.body.dataset.status")).isEqualTo("UPLOADING");
        assertThat(page.locator(".time")).containsText("/ 1:00");
        page.evaluate(RECORD);
        page.evaluate("() => window.sockets.forEach((socket) => socket.close())");
        page.waitForFunction("() => window.sockets.length > 1");
        assertThat((String) page.evaluate("window.sockets.at(-1).url")).contains("after=");

        sending.join();
        page.waitForFunction("() => document.body.dataset.source === 'master'");
        page.waitForFunction("() => document.body.dataset.levels === '144p,240p,360p'");
        page.waitForFunction("() => document.body.dataset.status === 'COMPLETED'");
        page.waitForFunction("() => rivulet.video.videoHeight === 360 || rivulet.video.ended");
        page.waitForFunction("() => rivulet.video.ended");
        System.out.println("shown while uploading, and after: " + page.evaluate("() => JSON.stringify(window.seen)"));
        assertThat(page.evaluate("seen.back")).isEqualTo(0);
        assertThat(page.evaluate("rivulet.video.videoHeight")).isEqualTo(360);
        assertThat(((Number) page.evaluate("seen.jump")).doubleValue()).isLessThan(1);
        assertThat(page.evaluate("rivulet.video.buffered.length")).isEqualTo(1);
        assertThat((List<?>) page.evaluate("rivulet.errors")).isEmpty();
    }
}
