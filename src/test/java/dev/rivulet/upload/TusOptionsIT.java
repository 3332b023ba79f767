package dev.rivulet.upload;

import static dev.rivulet.testing.Tus.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.testing.WebFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** OPTIONS /uploads and below. */
class TusOptionsIT {
    @Test
    void saysWhatIsSpokenToWhomeverAsks() {
        try (WebFixture server = new WebFixture()) {
            for (String path : new String[] {"/uploads", "/uploads/" + VideoId.random()}) {
                HttpResponse<String> answer = server.send("OPTIONS", path, "");
                assertThat(answer.statusCode()).isEqualTo(204);
                assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
                assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
                assertThat(header(answer, "Tus-Max-Size")).isEqualTo(Long.toString(WebFixture.MAX_BYTES));
                assertThat(header(answer, "Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256,crc32");
                assertThat(header(answer, "Tus-Extension").split(","))
                        .containsExactlyInAnyOrder(
                                "creation",
                                "creation-with-upload",
                                "creation-defer-length",
                                "expiration",
                                "checksum",
                                "termination",
                                "concatenation",
                                "concatenation-unfinished");
            }
            HttpResponse<String> other = server.send("GET", "/uploads", "");
            assertThat(other.statusCode()).isEqualTo(405);
            assertThat(header(other, "Allow")).isEqualTo("OPTIONS, POST");
        }
    }
}
