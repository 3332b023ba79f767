package dev.rivulet.publish;

import static dev.rivulet.publish.Videos.joined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskResult.AudioMade;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.job.TaskResult.StoredText;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.media.AudioRendition;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.store.RenditionRow;
import dev.rivulet.testing.Golden;
import dev.rivulet.testing.Sources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MasterPlaylistTest {
    private static final MediaPlan PLAN = Sources.of(640, 360)
            .rate("30000/1001")
            .sound("0", "60", 48_000, 64_000, "deu", "Deutsch")
            .sound("0", "60", 48_000, 64_000, "eng", "English")
            .plan();
    private static final List<RenditionRow> ALL = List.of(
            joined("144p", 100_000, "avc1.42c00c"),
            joined("240p", 200_000, "avc1.42c015"),
            joined("360p", 400_000, "avc1.64001e"));

    @Test
    void namesWhatWasMeasuredOfPictureAndSound() {
        Golden.matches("playlists/master.m3u8", MasterPlaylist.of(PLAN, ALL, sound(), Optional.empty()));
    }

    @Test
    void namesOnlyTheGroupsOfWhatIsListed() {
        Golden.matches(
                "playlists/master-first.m3u8", MasterPlaylist.of(PLAN, ALL.subList(0, 1), sound(), Optional.empty()));
    }

    @Test
    void withoutSoundThereAreNoGroups() {
        MediaPlan silent = Sources.of(640, 360).plan();

        Golden.matches(
                "playlists/master-silent.m3u8", MasterPlaylist.of(silent, ALL, Optional.empty(), Optional.empty()));
    }

    @Test
    void subtitlesAreListedThatHaveText() {
        MediaPlan plan = Sources.of(640, 360)
                .sound("0", "60")
                .subtitles("deu", "Deutsch", true, false)
                .subtitles("deu", "Deutsch", true, true)
                .subtitles(null, null, false, false)
                .subtitles("eng", "empty", false, false)
                .subtitles("fra", "failed", false, false)
                .plan();
        StoredText text = new StoredText(7, 2, 0);
        SubtitlesMade made = new SubtitlesMade(
                Map.of("subs-0", text, "subs-1", text, "subs-2", text, "subs-3", new StoredText(0, 0, 0)),
                Map.of("subs-4", "exit 1"));
        Optional<AudioMade> sound = Optional.of(new AudioMade(
                false,
                plan.audio().stream().collect(Collectors.toMap(AudioRendition::folder, MasterPlaylistTest::run))));

        Golden.matches("playlists/master-subtitles.m3u8", MasterPlaylist.of(plan, ALL, sound, Optional.of(made)));
        assertThat(MasterPlaylist.of(plan, ALL, sound, Optional.empty())).doesNotContain("SUBTITLES");
    }

    @Test
    void isAscendingByBandwidthWhateverWasMeasured() {
        List<RenditionRow> odd =
                List.of(joined("144p", 300_000, "avc1.42c00c"), joined("240p", 200_000, "avc1.42c015"));
        String playlist = MasterPlaylist.of(PLAN, odd, sound(), Optional.empty());

        assertThat(playlist.indexOf("240p/index.m3u8")).isLessThan(playlist.indexOf("144p/index.m3u8"));
    }

    @Test
    void theLoudestTrackOfAGroupCounts() {
        String playlist = MasterPlaylist.of(PLAN, ALL.subList(0, 1), sound(), Optional.empty());

        // The second track has 1 kB more in its first second.
        assertThat(playlist).contains("BANDWIDTH=" + (100_000 + 8 * (6_000 + 1_000)));
    }

    /** A second of kbit x 125 bytes, a larger one for the second track, and a scrap that is no peak. */
    private static Optional<AudioMade> sound() {
        return Optional.of(new AudioMade(
                false,
                PLAN.audio().stream().collect(Collectors.toMap(AudioRendition::folder, MasterPlaylistTest::run))));
    }

    private static StoredRun run(AudioRendition audio) {
        long bytes = audio.kbit() * 125L;
        return new StoredRun(
                48_000,
                "init",
                "mp4a.40.2",
                List.of(
                        new StoredSegment(48_000, bytes + (audio.preferred() ? 0 : 1000), ""),
                        new StoredSegment(48_000, bytes, ""),
                        new StoredSegment(1024, 900, "")));
    }
}
