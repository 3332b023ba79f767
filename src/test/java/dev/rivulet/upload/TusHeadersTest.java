package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.VideoId;
import dev.rivulet.store.ResumableUpload.Kind;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers of tus say, and which of them are none. */
class TusHeadersTest {
    private static final VideoId ONE = VideoId.random();
    private static final VideoId TWO = VideoId.random();

    @Test
    void offsetsAndLengthsAreWholeNumbers() {
        assertThat(headers("Upload-Offset", "0").offset()).isZero();
        assertThat(headers("Upload-Length", "999999999999999999").length()).isEqualTo(999_999_999_999_999_999L);
        assertThat(headers().length()).isNull();
        refused("invalid_upload_offset", () -> headers().offset());
        for (String text : List.of("", "-1", "1.0", "0x1", "1e3", "9999999999999999999", "+1")) {
            refused("invalid_upload_offset", () -> headers("Upload-Offset", text)
                    .offset());
            refused("invalid_upload_length", () -> headers("Upload-Length", text)
                    .length());
        }
    }

    @Test
    void anUploadBeginsWithALengthOrThePromiseOfOne() {
        assertThat(headers("Upload-Length", "7").lengthOrLater()).isEqualTo(7);
        assertThat(headers("Upload-Defer-Length", "1").lengthOrLater()).isNull();
        refused("invalid_upload_length", () -> headers().lengthOrLater());
        refused("invalid_upload_length", () -> headers("Upload-Length", "7", "Upload-Defer-Length", "1")
                .lengthOrLater());
        refused("invalid_upload_defer_length", () -> headers("Upload-Defer-Length", "0")
                .lengthOrLater());
    }

    @Test
    void onlyOneVersionIsSpoken() {
        headers("Tus-Resumable", "1.0.0").checkVersion();
        refused("unsupported_tus_version", () -> headers().checkVersion());
        refused("unsupported_tus_version", () -> headers("Tus-Resumable", "0.2.2")
                .checkVersion());
    }

    @Test
    void theMethodThatIsMeantCounts() {
        assertThat(headers().method("POST")).isEqualTo("POST");
        assertThat(headers("X-HTTP-Method-Override", "patch").method("POST")).isEqualTo("PATCH");
    }

    @Test
    void theBodyIsOfOneTypeAndMaybeOfUnknownLength() {
        headers("Content-Type", "application/Offset+octet-stream").checkBodyType();
        refused("unsupported_media_type", () -> headers().checkBodyType());
        refused("unsupported_media_type", () -> headers("Content-Type", "application/octet-stream")
                .checkBodyType());
        assertThat(headers("Content-Length", "5").bodyLength()).isEqualTo(5);
        assertThat(headers("Transfer-Encoding", "chunked").bodyLength()).isEqualTo(TusHeaders.UNKNOWN);
        assertThat(headers().bodyLength()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "sha1, 2jmj7l5rSw0yVb/vlWAYkK/YBwk=, ''",
        "sha256, 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=, ''",
        "crc32, AAAAAA==, ''",
        "sha1, Kq5sNclPz7QV2+lfQIuc6R7oRu0=, hello world",
        "crc32, DUoRhQ==, hello world"
    })
    void aChecksumIsThatOfTheBytesAlone(String algorithm, String value, String bytes) {
        UploadChecksum checksum = UploadChecksum.parse(algorithm + " " + value);
        UploadChecksum.Sum sum = checksum.begin();
        sum.add(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
        assertThat(checksum.matches(sum)).isTrue();
        UploadChecksum.Sum more = checksum.begin();
        more.add(ByteBuffer.wrap((bytes + "!").getBytes(StandardCharsets.UTF_8)));
        assertThat(checksum.matches(more)).isFalse();
    }

    @Test
    void aChecksumHasAKnownNameAndItsLength() {
        refused("unsupported_checksum", () -> UploadChecksum.parse("md5 rL0Y20zC+Fzt72VPzMSk2A=="));
        refused("unsupported_checksum", () -> UploadChecksum.parse(""));
        for (String text : List.of("sha1", "sha1 !!", "sha1 AAAA", "crc32 AAAAAA== x", "sha1 AAAAAA==")) {
            refused("invalid_checksum", () -> UploadChecksum.parse(text));
        }
    }

    @Test
    void partsAreNamedByTheirAddressesInOrder() {
        assertThat(UploadConcat.parse(null).kind()).isEqualTo(Kind.WHOLE);
        assertThat(UploadConcat.parse("partial").kind()).isEqualTo(Kind.PARTIAL);
        assertThat(UploadConcat.parse("final;/uploads/" + TWO + " https://x.example:8/a/b/uploads/" + ONE))
                .isEqualTo(new UploadConcat(Kind.FINAL, List.of(TWO, ONE)));
        assertThat(UploadConcat.header(Kind.FINAL, List.of(TWO, ONE)))
                .isEqualTo("final;/uploads/" + TWO + " /uploads/" + ONE);
        assertThat(UploadConcat.header(Kind.WHOLE, List.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "final",
                "final;",
                "final; ",
                "partial;x",
                "final;/uploads/x",
                "final;/uploads/ /uploads/",
                "FINAL;"
            })
    void whatNamesNoPartsIsRefused(String text) {
        refused("invalid_upload_concat", () -> UploadConcat.parse(text));
    }

    @Test
    void metadataArePairsOfWhichSomeAreKnown() {
        String text =
                "filename " + base64("a/b.mp4") + ", title " + base64(" A  film ") + ",empty,priority " + base64("-3");
        UploadMetadata metadata = UploadMetadata.parse(text);
        assertThat(metadata.text()).isEqualTo(text);
        assertThat(metadata.fileName().text()).isEqualTo("b.mp4");
        assertThat(metadata.fields().title()).isEqualTo("A film");
        assertThat(metadata.fields().priority()).isEqualTo(-3);
        assertThat(metadata.fields().description()).isNull();
        assertThat(UploadMetadata.parse(null).fileName().title()).isEqualTo("video");
        assertThat(UploadMetadata.parse("filename " + base64("x.mp4") + ",name " + base64("y.mp4"))
                        .fileName()
                        .text())
                .isEqualTo("x.mp4");
        assertThat(UploadMetadata.parse("name " + base64("y.mp4")).fileName().text())
                .isEqualTo("y.mp4");
    }

    @Test
    void metadataThatAreNoneAreRefused() {
        String noText = Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff});
        for (String text : List.of(",", "a,", "a b c", "a !", "a YQ==,a YQ==", "ä YQ==", "title " + noText)) {
            refused("invalid_metadata", () -> UploadMetadata.parse(text));
        }
        refused("invalid_priority", () -> UploadMetadata.parse("priority " + base64("soon")));
        refused("title_too_long", () -> UploadMetadata.parse("title " + base64("x".repeat(301))));
    }

    private static TusHeaders headers(String... pairs) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return new TusHeaders(headers);
    }

    private static void refused(String code, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code())
                .isEqualTo(code));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
