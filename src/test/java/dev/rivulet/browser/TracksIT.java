package dev.rivulet.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One film with a low English and a high French tone; its subtitles are put into the published playlists on the way. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TracksIT {
    private static final int SECONDS = 20;
    private static final int LOW = 440;
    private static final int HIGH = 1320;

    private static final String SUBTITLES =
            """
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="eng",LANGUAGE="eng",AUTOSELECT=YES,URI="subs-0/index.m3u8"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Sous-titres",LANGUAGE="fra",AUTOSELECT=YES,URI="subs-1/index.m3u8"
            """;

    /** What the content security policy refused, from the first moment on. */
    private static final String RECORD_REFUSALS =
            "window.refused = []; document.addEventListener('securitypolicyviolation',"
                    + " (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));";

    /** The frequency that is loudest just now. */
    private static final String LISTEN =
            """
            () => {
              const context = new AudioContext();
              const analyser = new AnalyserNode(context, { fftSize: 4096 });
              context.createMediaElementSource(rivulet.video).connect(analyser);
              analyser.connect(context.destination);
              const bins = new Float32Array(analyser.frequencyBinCount);
              window.tone = () => {
                analyser.getFloatFrequencyData(bins);
                return (bins.indexOf(Math.max(...bins)) * context.sampleRate) / analyser.fftSize;
              };
            }""";

    private static final String SHOWN = "text => [...rivulet.video.textTracks].some((track) => track.mode === 'showing'"
            + " && [...(track.activeCues ?? [])].some((cue) => cue.text === text))";
    private static final String HEARD = "frequency => !rivulet.video.paused && Math.abs(tone() - frequency) < 30";

    /** But for a picture that stood still with more than a second of film at hand: the encoders left the browser no core. */
    private static final String ERRORS =
            """
            () => rivulet.errors.filter((error) => error.details !== 'bufferStalledError'
                || !(Number(/"len":([0-9.]+)/.exec(error.reason)?.[1]) > 1))""";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static String film = "";

    @Test
    @Order(1)
    void soundAndCaptionsChosenWhileItIsMadeStayThroughEveryBetterQuality() {
        Page page = browsing.page();
        withSubtitles(page);
        film = browsing.server().upload(twoTongues(), "Two tongues").getString("id");
        page.navigate("/watch/" + film);
        page.waitForFunction("() => window.rivulet?.hls && rivulet.video.readyState >= 2");
        assertThat((String) page.evaluate("rivulet.hls.url")).endsWith("/preview.m3u8");
        page.evaluate(LISTEN);
        page.evaluate("() => { rivulet.video.loop = true; return rivulet.video.play(); }");
        page.waitForFunction(HEARD, LOW);

        choose(page, "Sound", "Français");
        page.waitForFunction(HEARD, HIGH);
        // They come with the published playlist, which the player never loads itself.
        choose(page, "Captions", "Sous-titres");
        page.waitForFunction(SHOWN, "fr");

        page.waitForFunction("() => document.body.dataset.status === 'COMPLETED'");
        page.waitForFunction("() => rivulet.hls.currentLevel === 3");
        page.waitForFunction(HEARD, HIGH);
        page.waitForFunction(SHOWN, "fr");
        assertThat(button(page, "Sound")).hasAttribute("aria-label", "Sound: Français");
        assertThat(button(page, "Captions")).hasAttribute("aria-label", "Captions: Sous-titres");
        assertThat((String) page.evaluate("rivulet.hls.url")).endsWith("/preview.m3u8");
        nothingWentWrong(page);
    }

    @Test
    @Order(2)
    void theChoicesAreKeptForTheNextVisitAndThroughASourceThatIsTakenUpAgain() {
        Page page = complete();
        assertThat(button(page, "Captions")).hasAttribute("aria-label", "Captions: Off");
        assertThat(button(page, "Sound")).hasAttribute("aria-label", "Sound: English");
        choose(page, "Sound", "Français");
        choose(page, "Captions", "English");
        page.waitForFunction(SHOWN, "en");

        page.reload();
        ready(page);
        page.waitForFunction(SHOWN, "en");
        assertThat(button(page, "Sound")).hasAttribute("aria-label", "Sound: Français");

        page.evaluate("() => rivulet.hls.loadSource(rivulet.hls.url)");
        ready(page);
        page.waitForFunction(SHOWN, "en");
        assertThat(button(page, "Captions")).hasAttribute("aria-label", "Captions: English");
        assertThat(button(page, "Sound")).hasAttribute("aria-label", "Sound: Français");
        page.evaluate(LISTEN);
        page.evaluate("() => rivulet.video.play()");
        page.waitForFunction(HEARD, HIGH);
        nothingWentWrong(page);
    }

    @Test
    @Order(3)
    void captionsNeedNoMouse() {
        Page page = complete();
        page.keyboard().press("c");
        page.waitForFunction(SHOWN, "en");
        page.keyboard().press("c");
        assertThat(button(page, "Captions")).hasAttribute("aria-label", "Captions: Off");
        assertThat(page.evaluate("[...rivulet.video.textTracks].some((track) => track.mode === 'showing')"))
                .isEqualTo(false);

        button(page, "Captions").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".menu-item:focus")).hasText("Off");
        page.keyboard().press("End");
        assertThat(page.locator(".menu-item:focus")).containsText("French");
        page.keyboard().press("Enter");
        page.waitForFunction(SHOWN, "fr");
        assertThat(button(page, "Captions")).isFocused();
        page.keyboard().press("c");
        page.keyboard().press("c");
        page.waitForFunction(SHOWN, "fr");
        page.keyboard().press("c");
        assertThat(button(page, "Captions")).hasAttribute("aria-label", "Captions: Off");

        page.reload();
        ready(page);
        assertThat(button(page, "Captions")).hasAttribute("aria-label", "Captions: Off");
        nothingWentWrong(page);
    }

    @Test
    @Order(4)
    void onAPhoneEverythingInTheBarCanBeReached() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browsing.page(360, scheme);
            withSubtitles(page);
            open(page);
            page.keyboard().press("c");
            page.waitForFunction(SHOWN, "en");
            for (Locator each : page.locator("media-control-bar > :visible").all()) {
                var box = each.boundingBox();
                assertThat(box.x).as(each.toString()).isGreaterThanOrEqualTo(16);
                assertThat(box.x + box.width).as(each.toString()).isLessThanOrEqualTo(344.5);
            }
            choose(page, "Sound", "Français");
            assertThat(button(page, "Sound")).hasAttribute("aria-label", "Sound: Français");
        }
    }

    private static Path twoTongues() {
        Path clip = browsing.folder().resolve("tongues.mkv");
        MadeMedia.ffmpeg(List.of(
                ("-f lavfi -i testsrc2=size=854x480:rate=30:duration=%1$d -f lavfi -i sine=f=%2$d:r=48000:d=%1$d"
                                + " -f lavfi -i sine=f=%3$d:r=48000:d=%1$d -map 0 -map 1 -map 2"
                                + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -disposition:a:0 default"
                                + " -metadata:s:a:0 language=eng -metadata:s:a:1 language=fra -metadata:s:a:1"
                                + " title=Français %4$s")
                        .formatted(SECONDS, LOW, HIGH, clip)
                        .split(" ")));
        return clip;
    }

    /** Publishes subtitles with the master of every film. */
    private static void withSubtitles(Page page) {
        page.addInitScript(RECORD_REFUSALS);
        page.route(Pattern.compile("/media/.*/master\\.m3u8$"), route -> {
            APIResponse answer = route.fetch();
            String text = answer.text()
                    .replaceFirst("#EXT-X-STREAM-INF", SUBTITLES + "#EXT-X-STREAM-INF")
                    .replaceAll("(#EXT-X-STREAM-INF:.*)", "$1,SUBTITLES=\"subs\"");
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(text));
        });
        String playlist =
                """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:%1$d
                #EXT-X-PLAYLIST-TYPE:VOD
                #EXTINF:%1$d.0,
                seg_00000.vtt
                #EXT-X-ENDLIST
                """
                        .formatted(SECONDS);
        page.route(
                Pattern.compile("/subs-[01]/index\\.m3u8$"),
                route -> fulfill(route, "application/vnd.apple.mpegurl", playlist));
        for (Map.Entry<String, String> each :
                Map.of("subs-0", "en", "subs-1", "fr").entrySet()) {
            String text = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:00.000 --> 00:%d.000\n%s\n"
                    .formatted(SECONDS, each.getValue());
            page.route(
                    Pattern.compile("/" + each.getKey() + "/seg_00000\\.vtt$"),
                    route -> fulfill(route, "text/vtt", text));
        }
    }

    private static void fulfill(Route route, String type, String body) {
        route.fulfill(new Route.FulfillOptions().setContentType(type).setBody(body));
    }

    /** The page of the film when all of it is there. */
    private static Page complete() {
        Page page = browsing.page();
        withSubtitles(page);
        open(page);
        return page;
    }

    private static void open(Page page) {
        if (film.isEmpty()) {
            film = browsing.server().upload(twoTongues(), "Two tongues").getString("id");
        }
        try (Updates updates = browsing.server().follow(film)) {
            assertThat(updates.end(150).getString("status")).isEqualTo("COMPLETED");
        }
        page.navigate("/watch/" + film);
        ready(page);
    }

    private static void ready(Page page) {
        page.waitForFunction("() => window.rivulet?.hls?.subtitleTracks.length === 2 && rivulet.video.readyState >= 2");
        // No captions over a poster: it goes with the first play or seek.
        page.evaluate("() => { rivulet.video.currentTime = 6; }");
    }

    private static Locator button(Page page, String menu) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + menu + ": .+")));
    }

    private static void choose(Page page, String menu, String label) {
        button(page, menu).click();
        page.getByRole(
                        AriaRole.MENUITEMRADIO,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^" + label + "\\b")))
                .click();
        assertThat(button(page, menu)).hasAttribute("aria-label", menu + ": " + label);
    }

    private static void nothingWentWrong(Page page) {
        assertThat((List<?>) page.evaluate("window.refused")).isEmpty();
        assertThat((List<?>) page.evaluate(ERRORS)).isEmpty();
    }
}
