package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.web.ByteRange.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0|0|1|bytes 0-0/1000",
                "bytes=0-|0|1000|bytes 0-999/1000",
                "bytes=500-599|500|100|bytes 500-599/1000",
                "bytes=900-5000|900|100|bytes 900-999/1000",
                "bytes=-1|999|1|bytes 999-999/1000",
                "bytes=-5000|0|1000|bytes 0-999/1000",
                "bytes= 1 - 2 |1|2|bytes 1-2/1000",
            })
    void givesThePart(String header, long start, long length, String contentRange) {
        ByteRange.Choice choice = ByteRange.of(header, 1000);
        assertThat(choice.verdict()).isEqualTo(Verdict.PART);
        assertThat(choice.range()).isEqualTo(new ByteRange(start, length));
        assertThat(choice.range().contentRange(1000)).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|WHOLE",
                "bytes=0-1,5-6|WHOLE",
                "bytes=5-1|WHOLE",
                "bytes=-|WHOLE",
                "lines=1-2|WHOLE",
                "bytes=99999999999999999999-|WHOLE",
                "bytes=1000-|UNSATISFIABLE",
                "bytes=-0|UNSATISFIABLE",
            })
    void ignoresOrRefusesTheRest(String header, Verdict verdict) {
        assertThat(ByteRange.of(header, 1000).verdict()).isEqualTo(verdict);
    }
}
