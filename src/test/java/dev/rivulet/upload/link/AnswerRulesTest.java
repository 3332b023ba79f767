package dev.rivulet.upload.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.ErrorCode;
import dev.rivulet.store.PendingImport.Arrived;
import dev.rivulet.store.Validator;
import dev.rivulet.upload.link.Judgement.FromStart;
import dev.rivulet.upload.link.Judgement.Later;
import dev.rivulet.upload.link.Judgement.Moved;
import dev.rivulet.upload.link.Judgement.Never;
import dev.rivulet.upload.link.Judgement.Take;
import dev.rivulet.upload.link.Judgement.Whole;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerRulesTest {
    private static final Link LINK = Link.parse("https://example.com/x/a.mp4").orElseThrow();
    private static final Validator TAG = new Validator("\"one\"", null);
    private static final String MONDAY = "Mon, 16 Nov 2026 10:00:00 GMT";
    private static final Validator DATE = new Validator(null, MONDAY);
    private static final Arrived HALF = new Arrived(50, 100, TAG);

    @Test
    void takesAWholeFile() {
        assertThat(judge(Arrived.NOTHING, 200, "content-length", "100", "etag", "\"one\""))
                .isEqualTo(new Take(new Arrived(0, 100, TAG)));
        assertThat(judge(Arrived.NOTHING, 200)).isEqualTo(new Take(Arrived.NOTHING));
        assertThat(judge(Arrived.NOTHING, 200, "content-encoding", "identity")).isEqualTo(new Take(Arrived.NOTHING));
    }

    @Test
    void asksForAPartOnlyWithAProof() {
        assertThat(AnswerRules.condition(HALF)).isEqualTo("\"one\"");
        assertThat(AnswerRules.condition(new Arrived(50, 100, DATE))).isEqualTo(MONDAY);
        assertThat(AnswerRules.condition(new Arrived(50, 100, Validator.NONE))).isNull();
        assertThat(AnswerRules.condition(new Arrived(0, 100, TAG))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "W/\"one\",false",
        "one,false",
        "\"o\"ne\",false",
        "\"\",true",
        "\"one\",true",
    })
    void trustsStrongTagsOnly(String etag, boolean strong) {
        Judgement judged = judge(Arrived.NOTHING, 200, "etag", etag);
        assertThat(judged).isEqualTo(new Take(new Arrived(0, -1, new Validator(strong ? etag : null, null))));
    }

    @ParameterizedTest
    @CsvSource({
        "'Mon, 16 Nov 2026 10:00:01 GMT',true",
        "'Mon, 16 Nov 2026 10:00:00 GMT',false",
        "'Mon, 16 Nov 2026 09:00:00 GMT',false",
        "today,false",
        ",false",
    })
    void trustsADateThatIsOver(String now, boolean strong) {
        Judgement judged = judge(Arrived.NOTHING, 200, "last-modified", MONDAY, "date", now);
        assertThat(judged).isEqualTo(new Take(new Arrived(0, -1, strong ? DATE : Validator.NONE)));
    }

    @Test
    void goesOnWithTheSameFile() {
        assertThat(judge(HALF, 206, "content-range", "bytes 50-99/100", "etag", "\"one\""))
                .isEqualTo(new Take(HALF));
        Arrived dated = new Arrived(50, 100, DATE);
        assertThat(judge(dated, 206, "content-range", "bytes 50-99/100")).isEqualTo(new Take(dated));
        Arrived endless = new Arrived(50, -1, TAG);
        assertThat(judge(endless, 206, "content-range", "bytes 50-99/*", "etag", "\"one\""))
                .isEqualTo(new Take(endless));
        assertThat(judge(endless, 206, "content-range", "bytes 50-99/100", "etag", "\"one\""))
                .isEqualTo(new Take(HALF));
    }

    @Test
    void startsAnewWhenTheServerDoes() {
        assertThat(judge(HALF, 200, "content-length", "200", "etag", "\"two\""))
                .isEqualTo(new Take(new Arrived(0, 200, new Validator("\"two\"", null))));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 50-99/100,\"two\"",
        "bytes 50-99/100,",
        "bytes 0-99/100,\"one\"",
        "bytes 60-99/100,\"one\"",
        "bytes 50-99/120,\"one\"",
        "bytes 50-79/100,\"one\"",
        "bytes */100,\"one\"",
        "chunks 50-99/100,\"one\"",
        ",\"one\"",
    })
    void startsAnewWhenThePartIsNotThatOfTheFile(String range, String etag) {
        assertThat(judge(HALF, 206, "content-range", range, "etag", etag)).isEqualTo(new FromStart());
    }

    @Test
    void startsAnewWhenTheDateIsAnother() {
        assertThat(judge(
                        new Arrived(50, 100, DATE),
                        206,
                        "content-range",
                        "bytes 50-99/100",
                        "last-modified",
                        "Tue, 17 Nov 2026 10:00:00 GMT"))
                .isEqualTo(new FromStart());
    }

    @Test
    void isDoneWhenNothingIsMissing() {
        Arrived all = new Arrived(100, -1, TAG);
        assertThat(judge(all, 416, "content-range", "bytes */100", "etag", "\"one\""))
                .isEqualTo(new Whole());
        assertThat(judge(all, 416, "content-range", "bytes */90", "etag", "\"one\""))
                .isEqualTo(new FromStart());
        assertThat(judge(all, 416)).isEqualTo(new FromStart());
    }

    @Test
    void followsRedirects() {
        assertThat(judge(HALF, 302, "location", "b.mp4"))
                .isEqualTo(new Moved(Link.parse("https://example.com/x/b.mp4").orElseThrow()));
        assertThat(code(judge(HALF, 302))).isEqualTo(ErrorCode.LINK_UNUSABLE);
        assertThat(code(judge(HALF, 302, "location", "ftp://example.com/"))).isEqualTo(ErrorCode.LINK_UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void asksAgainLater(int status) {
        assertThat(judge(HALF, status)).isInstanceOf(Later.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400,LINK_REFUSED", "401,LINK_REFUSED", "403,LINK_REFUSED", "404,LINK_REFUSED", "410,LINK_REFUSED",
        "451,LINK_REFUSED", "204,LINK_UNUSABLE", "205,LINK_UNUSABLE", "300,LINK_UNUSABLE", "304,LINK_UNUSABLE",
    })
    void givesUp(int status, ErrorCode code) {
        assertThat(code(judge(HALF, status))).isEqualTo(code);
    }

    @Test
    void takesNoPartThatNobodyAskedForAndNothingPacked() {
        assertThat(code(judge(Arrived.NOTHING, 206, "content-range", "bytes 0-9/10")))
                .isEqualTo(ErrorCode.LINK_UNUSABLE);
        assertThat(code(judge(Arrived.NOTHING, 416))).isEqualTo(ErrorCode.LINK_REFUSED);
        assertThat(code(judge(Arrived.NOTHING, 200, "content-encoding", "gzip")))
                .isEqualTo(ErrorCode.LINK_UNUSABLE);
        assertThat(code(judge(HALF, 206, "content-encoding", "br"))).isEqualTo(ErrorCode.LINK_UNUSABLE);
    }

    private static ErrorCode code(Judgement judgement) {
        return ((Never) judgement).error().code();
    }

    private static Judgement judge(Arrived have, int status, String... headers) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        return AnswerRules.judge(LINK, have, status, fields::get);
    }
}
