package dev.rivulet.bus;

import dev.rivulet.bus.Contract.TaskReport;
import dev.rivulet.bus.Contract.Work;
import dev.rivulet.job.Arriving;
import dev.rivulet.job.EarlySource;
import dev.rivulet.job.EarlySource.Part;
import dev.rivulet.job.FailureKind;
import dev.rivulet.job.Lease;
import dev.rivulet.job.TaskFailure;
import dev.rivulet.job.TaskId;
import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.StoredRun;
import dev.rivulet.job.TaskResult.StoredSegment;
import dev.rivulet.job.VideoId;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.Rational;
import dev.rivulet.testing.Sources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of each message, under the name of its golden file. */
final class Messages {
    static final VideoId VIDEO = new VideoId(UUID.fromString("6c2c3a5e-0f4b-4e8a-9d5d-0a1b2c3d4e5f"));
    private static final Lease LEASE =
            new Lease(new TaskId(4711), UUID.fromString("11111111-2222-3333-4444-555555555555"), 2);
    private static final MediaPlan PLAN = Sources.of(320, 240)
            .rate("30000/1001")
            .starting("1.4")
            .lasting("9")
            .sound("1.38", "9", 44_100, 64_000, "deu", "Ton \"\u00e4\" \u2028 \ud83c\udfb5")
            .plan();

    private Messages() {}

    static Map<String, Contract> all() {
        Map<String, Contract> all = new LinkedHashMap<>();
        all.put("segment-video", new Contract.SegmentVideo(VIDEO));
        all.put("top-up", new Contract.TopUp(VIDEO));
        all.put("join-video", new Contract.JoinVideo(VIDEO));
        all.put("write-master", new Contract.WriteMaster(VIDEO));
        all.put("stop-video", new Contract.StopVideo(VIDEO));
        all.put("publish-video", new Contract.PublishVideo(VIDEO));
        all.put("report-progress", new Contract.ReportProgress(VIDEO));
        all.put("upload-moved", new Contract.UploadMoved(VIDEO, 1L << 40, 0));
        all.put(
                "run-chunk",
                run(new Work.EncodeChunk(
                        PLAN, PLAN.chunks().chunks().get(1), PLAN.tiers().get(1), 2, Rational.of(11))));
        all.put("run-audio", run(new Work.EncodeAudio(PLAN)));
        all.put("run-mezzanine", run(new Work.MakeMezzanine(PLAN.sequential(), 2)));
        all.put(
                "run-subtitles",
                run(new Work.MakeSubtitles(Sources.of(320, 240)
                        .subtitles("deu", "Ton \"\u00e4\"", true, false)
                        .plan())));
        all.put("run-poster", run(new Work.MakePoster(Sources.of(2, 2).plan())));
        all.put("task-tick", new Contract.TaskTick(LEASE, 0.25, 7));
        StoredRun made = new StoredRun(
                30_000, "b".repeat(64), "avc1.42c00c", List.of(new StoredSegment(90_090, 4096, "a".repeat(64))));
        all.put(
                "made-chunk",
                new TaskReport.Made(
                        new TaskResult.ChunkMade(90, "f".repeat(32), "0".repeat(32), false, Map.of("144p", made)),
                        List.of("144p/init.mp4", "144p/seg_00000.m4s")));
        all.put(
                "made-last-chunk",
                new TaskReport.Made(
                        new TaskResult.ChunkMade(90, "f".repeat(32), null, true, Map.of("144p", made)), List.of()));
        all.put(
                "made-audio",
                new TaskReport.Made(
                        new TaskResult.AudioMade(false, Map.of("audio-48k", made)), List.of("audio-48k/init.mp4")));
        all.put(
                "made-mezzanine",
                new TaskReport.Made(new TaskResult.MezzanineMade(2_697), List.of("source/mezzanine/chunk_00000.mp4")));
        all.put(
                "made-subtitles",
                new TaskReport.Made(
                        new TaskResult.SubtitlesMade(
                                Map.of("subs-0", new TaskResult.StoredText(7, 2, 0)), Map.of("subs-1", "exit 1")),
                        List.of("subs-0/seg_00000.vtt", "subs-0/index.m3u8")));
        all.put("made-poster", new TaskReport.Made(new TaskResult.PosterMade(12_345), List.of("poster.webp")));
        all.put(
                "not-made",
                new TaskReport.NotMade(
                        new TaskFailure(FailureKind.SEAM, "the first frame is another one", "line 1\nline 2")));
        all.put(
                "run-arriving",
                new Contract.RunTask(
                        LEASE,
                        VIDEO,
                        0,
                        new Work.EncodeAudio(PLAN),
                        new Arriving(
                                new EarlySource(
                                        List.of(new Part(VIDEO, 9_000_000), new Part(VIDEO, 40_000)),
                                        32,
                                        9_000_000,
                                        40_000,
                                        "0".repeat(64)),
                                1_500_000)));
        all.put("done", new Contract.Done());
        return all;
    }

    private static Contract run(Work work) {
        return new Contract.RunTask(LEASE, VIDEO, 1, work, null);
    }
}
