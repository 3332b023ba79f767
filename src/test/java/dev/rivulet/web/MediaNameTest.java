package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaNameTest {
    @ParameterizedTest
    @CsvSource({
        "master.m3u8, application/vnd.apple.mpegurl, true",
        "preview.m3u8, application/vnd.apple.mpegurl, true",
        "144p/index.m3u8, application/vnd.apple.mpegurl, true",
        "audio-48k/index.m3u8, application/vnd.apple.mpegurl, true",
        "2160p/init.mp4, video/mp4, false",
        "144p/seg_00000.m4s, video/iso.segment, false",
        "audio-128k-1/seg_123456.m4s, video/iso.segment, false",
        "720p.mp4, video/mp4, false",
        "poster.webp, image/webp, false",
        "storyboard.vtt, text/vtt, false",
        "storyboard_00.webp, image/webp, false",
        "subs-0/index.m3u8, application/vnd.apple.mpegurl, true",
        "subs-31/seg_00007.vtt, text/vtt, false",
    })
    void knowsWhatIsPublic(String name, String type, boolean playlist) {
        assertThat(MediaName.of(name)).hasValue(new MediaName(name, type, playlist));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "source/original",
                "../x/master.m3u8",
                "144p/../source/original",
                "144p/../../master.m3u8",
                "master.m3u8\n",
                "MASTER.M3U8",
                "144p/seg_0000.m4s",
                "144p/seg_00000.m4s.part",
                "144p/index.m3u8/x",
                "0p.mp4",
                "144p/seg_00000.vtt",
                "subs-0/seg_00000.m4s",
                "subs-0/init.mp4",
                "subs-/index.m3u8",
                "subs-0.vtt",
                "audio-k/init.mp4",
                "poster.webp%00",
                "storyboard_0.webp",
                "storyboard_000.webp",
                "storyboard_00.jpg",
                "144p/storyboard.vtt",
                ".00000000.part",
            })
    void knowsNothingElse(String name) {
        assertThat(MediaName.of(name)).isEmpty();
    }

    @Test
    void namesDownloadsAfterTheTitle() {
        MediaName name = MediaName.of("720p.mp4").orElseThrow();
        assertThat(name.downloadName("Fluß: \"a/b\"\r\nX-Evil: 1")).isEqualTo("Fluß a b X-Evil 1 720p.mp4");
        assertThat(name.downloadName("../..")).isEqualTo("video 720p.mp4");
        assertThat(MediaRoutes.attachment("Fluß 1.mp4"))
                .isEqualTo("attachment; filename=\"Flu_ 1.mp4\"; filename*=UTF-8''Flu%C3%9F%201.mp4");
    }
}
