package dev.rivulet.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {
    @Nested
    class FileSignatureTest {
        @ParameterizedTest
        @CsvSource({
            "____ftypisom____, MP4",
            "____ftypqt  ____, MP4",
            "____moov________, MP4",
            "____mdat________, MP4",
            "____wide____mdat, MP4",
            "____ftypavif____,",
            "____ftypheic____,",
            "____ftypmif1____,",
            "RIFF____AVI LIST, AVI",
            "RIFF____WEBPVP8 ,",
            "RIFF____WAVEfmt ,",
            "FLV_____________, Flash video",
            "OggS____________, Ogg",
            "%PDF-1.7________,",
            "________________,",
            "<!DOCTYPE html>_,"
        })
        void namesWhatTheFileBeginsLike(String head, String name) {
            assertThat(FileSignature.container(head.getBytes(StandardCharsets.ISO_8859_1)))
                    .isEqualTo(Optional.ofNullable(name));
        }

        @Test
        void knowsMatroska() {
            assertThat(FileSignature.container(new byte[] {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3}))
                    .contains("Matroska or WebM");
        }

        @Test
        void fewerBytesAreNoError() {
            byte[] head = "____ftypisom____".getBytes(StandardCharsets.ISO_8859_1);
            for (int length = 0; length < 8; length++) {
                assertThat(FileSignature.container(java.util.Arrays.copyOf(head, length)))
                        .isEmpty();
            }
            assertThat(FileSignature.container(java.util.Arrays.copyOf(head, 8)))
                    .contains("MP4");
        }
    }

    @Nested
    class GivenArgsTest {
        @Test
        void aCommandIsHandedOverAsItIs() {
            assertThat(new GivenArgs(List.of("-i", "a b", "")).build()).containsExactly("-i", "a b", "");
        }

        @Test
        void theWrapperAddsWhereProgressGoes() {
            GivenArgs args = new GivenArgs(List.of("-i", "x"));

            assertThat(args.addProgress(URI.create("pipe:1"))).isSameAs(args);
            assertThat(args.build()).containsExactly("-progress", "pipe:1", "-i", "x");
        }
    }

    @Nested
    class ShellQuoteTest {
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                value = {
                    "plain-1.0/x_y:z=+@%, plain-1.0/x_y:z=+@%",
                    "a b, 'a b'",
                    "it's, 'it'\\''s'",
                    "$HOME, '$HOME'",
                    "a;rm -rf /, 'a;rm -rf /'",
                    "[0:0]fps, '[0:0]fps'",
                    "*, '*'",
                    "~, '~'",
                    "é, 'é'",
                    "\"\", ''"
                })
        void wordsCanBePasted(String word, String quoted) {
            assertThat(ShellQuote.of(List.of(word))).isEqualTo(quoted);
        }

        @Test
        void wordsAreApart() {
            assertThat(ShellQuote.of(List.of("ffmpeg", "-i", "a\nb"))).isEqualTo("ffmpeg -i 'a\nb'");
            assertThat(ShellQuote.of(List.of())).isEmpty();
        }
    }

    @Nested
    class RunResultTest {
        @ParameterizedTest
        @CsvSource({"0, , true", "1, , false", "-1, , false", "0, took longer than allowed, false"})
        void allIsWellOnlyWhenItEndedByItself(int exit, String killed, boolean ok) {
            assertThat(new RunResult(exit, Optional.ofNullable(killed).map(RunResultTest::late), "").ok())
                    .isEqualTo(ok);
        }

        private static Killed late(String reason) {
            return new Killed(FailureKind.TIMEOUT, reason);
        }

        /** Newer ffmpegs tell by their status what a log on a full disk cannot hold. */
        @ParameterizedTest
        @CsvSource({
            "1, Conversion failed!, TOOL, INPUT, true",
            "187, Generic error in an external library, TOOL, INPUT, true",
            "139, , TOOL, TOOL, false",
            "134, Aborted, TOOL, TOOL, false",
            "228, , STORAGE, STORAGE, false",
            "1, av_interleaved_write_frame(): No space left on device, STORAGE, STORAGE, false",
            "1, Error writing trailer: Disk quota exceeded, STORAGE, STORAGE, false",
            "137, , MEMORY, MEMORY, false",
            "244, , MEMORY, MEMORY, false",
            "1, Error while decoding: Cannot allocate memory, MEMORY, MEMORY, false",
            "187, x264 [error]: malloc of size 3330944 failed, MEMORY, MEMORY, false",
            "245, pthread_create() failed: Resource temporarily unavailable, MEMORY, MEMORY, false",
            "187, [enc:libx264 @ 0x1] Error while opening encoder - maybe incorrect parameters, MEMORY, MEMORY, false",
            "234, [enc:aac @ 0x1] Error while opening encoder - maybe incorrect parameters, TOOL, INPUT, true",
            "127, libm.so.6: failed to map segment from shared object, MEMORY, MEMORY, false",
            "244, No space left on device, STORAGE, STORAGE, false"
        })
        void itIsToldApartWhoseFaultItIs(int exit, String log, FailureKind begun, FailureKind not, boolean gaveUp) {
            RunResult result = new RunResult(
                    exit, Optional.empty(), Optional.ofNullable(log).orElse(""));

            assertThat(result.failureKind(true)).isEqualTo(begun);
            assertThat(result.failureKind(false)).isEqualTo(not);
            assertThat(result.gaveUp()).isEqualTo(gaveUp);
        }

        @ParameterizedTest
        @CsvSource({
            "TIMEOUT, Could not allocate memory, MEMORY",
            "TOOL, malloc of size 1 failed, MEMORY",
            "LOST, Cannot allocate memory, LOST",
            "STORAGE, Cannot allocate memory, STORAGE",
            "TIMEOUT, something else, TIMEOUT",
            "LOST, , LOST"
        })
        void whyItWasKilledCountsUnlessMemoryWasTheReason(FailureKind kind, String log, FailureKind told) {
            Optional<Killed> killed = Optional.of(new Killed(kind, "was killed"));

            assertThat(new RunResult(137, killed, Optional.ofNullable(log).orElse("")).failureKind(true))
                    .isEqualTo(told);
        }

        /** Our own limits say something about the source; whoever kills from outside does not. */
        @ParameterizedTest
        @CsvSource({
            "137, , true",
            "143, , true",
            "139, , false",
            "1, , false",
            "0, , false",
            "137, LOST, true",
            "137, MEMORY, true",
            "-1, STORAGE, true",
            "137, TIMEOUT, false",
            "153, TOOL, false"
        })
        void whatIsEndedFromOutsideSaysNothingOfTheSource(int exit, @Nullable FailureKind kind, boolean brokenOff) {
            Optional<Killed> killed = Optional.ofNullable(kind).map(why -> new Killed(why, "was killed"));
            assertThat(new RunResult(exit, killed, "").brokenOff()).isEqualTo(brokenOff);
        }

        @Test
        void theReasonIsOneLine() {
            assertThat(new RunResult(1, Optional.empty(), "first\nlast").reason())
                    .isEqualTo("ffmpeg ended with status 1: last");
            assertThat(new RunResult(137, Optional.empty(), "").reason()).isEqualTo("ffmpeg ended with status 137");
            assertThat(new RunResult(228, Optional.empty(), "last words").reason())
                    .isEqualTo("ffmpeg ended with status 228: last words: No space left on device");
            assertThat(new RunResult(-1, Optional.of(late("made no progress for 31 s")), "x\ny").reason())
                    .isEqualTo("ffmpeg made no progress for 31 s");
        }
    }
}
