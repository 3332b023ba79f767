package dev.rivulet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void theCodesAreThePublicOnes() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code))
                .containsExactly(
                        "not_a_video",
                        "no_video_stream",
                        "unsupported_codec",
                        "corrupt_input",
                        "too_long",
                        "too_large",
                        "too_many_pixels",
                        "encrypted",
                        "encode_failed",
                        "timed_out",
                        "link_unreachable",
                        "link_refused",
                        "link_unusable",
                        "address_refused",
                        "import_timed_out");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(ErrorCode.values()).allMatch(code -> ErrorCode.of(code.code()) == code);
        assertThatThrownBy(() -> ErrorCode.of("no_such_code")).isInstanceOf(IllegalArgumentException.class);
    }
}
