package dev.rivulet.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.TaskResult;
import dev.rivulet.job.TaskResult.PosterMade;
import dev.rivulet.job.TaskResult.StoredText;
import dev.rivulet.job.TaskResult.SubtitlesMade;
import dev.rivulet.media.MediaPlan;
import dev.rivulet.media.SideStreams;
import dev.rivulet.testing.Samples;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final MediaPlan PLAN = Samples.plan(61);

    @Test
    void aPlanComesBackAsItWas() {
        MediaPlan back = Json.read(Json.write(PLAN), MediaPlan.class);
        assertThat(back.grid()).isEqualTo(PLAN.grid());
        assertThat(back.chunks()).isEqualTo(PLAN.chunks());
        assertThat(back.renditions()).isEqualTo(PLAN.renditions());
        assertThat(back.tiers()).isEqualTo(PLAN.tiers());
        assertThat(back.source().video()).isEqualTo(PLAN.source().video());
        assertThat(back.source().pictureEnd()).isEqualTo(PLAN.source().pictureEnd());
        assertThat(Json.read(Json.write(back), MediaPlan.class)).isEqualTo(back);
    }

    @Test
    void onlyComponentsAreWritten() {
        JsonObject plan = new JsonObject(Json.write(PLAN));
        assertThat(plan.fieldNames()).containsExactlyElementsOf(components(PLAN));
        assertThat(plan.getJsonObject("source").fieldNames()).containsExactlyElementsOf(components(PLAN.source()));
        assertThat(plan.getJsonObject("grid").fieldNames()).containsExactlyElementsOf(components(PLAN.grid()));
        assertThat(plan.getJsonObject("grid").getJsonObject("rate").fieldNames())
                .containsExactly("num", "den");
        assertThat(plan.getJsonObject("chunks").fieldNames()).containsExactlyElementsOf(components(PLAN.chunks()));
        assertThat(plan.getJsonArray("renditions").getJsonObject(0).fieldNames())
                .containsExactlyElementsOf(components(PLAN.renditions().get(0)));
    }

    @Test
    void resultsKnowTheirKind() {
        for (TaskResult result : new TaskResult[] {
            Samples.chunk(PLAN, 1, 2),
            Samples.audio(PLAN),
            new SubtitlesMade(Map.of("subs-0", new StoredText(1, 2, 3)), Map.of()),
            new PosterMade(4711)
        }) {
            assertThat(Json.read(Json.write(result), TaskResult.class)).isEqualTo(result);
        }
    }

    @Test
    void aPlanFromBeforeThereWereSubtitlesHasNone() {
        JsonObject plan = new JsonObject(Json.write(PLAN));
        plan.remove("subtitles");
        plan.getJsonObject("source").remove("side");

        MediaPlan back = Json.read(plan.encode(), MediaPlan.class);

        assertThat(back.subtitles()).isEmpty();
        assertThat(back.source().side()).isEqualTo(SideStreams.NONE);
    }

    @Test
    void fieldsOfANewerNodeAreSkipped() {
        assertThat(Json.read("{\"type\":\"poster\",\"bytes\":7,\"blurHash\":\"x\"}", TaskResult.class))
                .isEqualTo(new PosterMade(7));
    }

    @Test
    void whatPostgresqlCannotHoldIsReplaced() {
        assertThat(Json.write("a\0b\\u0000")).isEqualTo("\"a\uFFFDb\\\\u0000\"");
    }

    private static Iterable<String> components(Record value) {
        return Arrays.stream(value.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
