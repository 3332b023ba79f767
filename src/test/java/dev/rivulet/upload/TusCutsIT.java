package dev.rivulet.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.MediaFiles;
import dev.rivulet.testing.Futures;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Tus;
import dev.rivulet.testing.WebFixture;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One upload over a hundred connections that are cut anywhere: in the head, in the body, before the answer. */
class TusCutsIT {
    private static final int CUTS = 100;
    private static final int SIZE = (int) WebFixture.MAX_BYTES;

    @Test
    void nothingIsLostAndNothingThatWasAcknowledgedIsAskedForAgain() throws Exception {
        Random random = new Random(Long.getLong("fuzz.seed", 2026));
        byte[] content = new byte[SIZE];
        random.nextBytes(content);
        long sent = 0;
        try (WebFixture server = new WebFixture()) {
            Tus tus = new Tus(server);
            String location = tus.create(SIZE);
            long acknowledged = 0;
            int answered = 0;
            for (int cut = 0; cut < CUTS; cut++) {
                long offset = tus.offset(location);
                assertThat(offset).isGreaterThanOrEqualTo(acknowledged).isLessThan(SIZE);
                acknowledged = offset;
                int piece = 1 + random.nextInt(SIZE / CUTS);
                boolean whole = random.nextBoolean();
                int length = whole ? piece : (int) (SIZE - offset);
                try (RawClient client = new RawClient(server.port)) {
                    String head = String.join(
                            "\r\n",
                            "PATCH " + location + " HTTP/1.1",
                            "Host: x",
                            "Tus-Resumable: 1.0.0",
                            "Content-Type: " + Tus.BODY,
                            "Upload-Offset: " + offset,
                            "Content-Length: " + length,
                            "",
                            "");
                    boolean headless = random.nextInt(10) == 0;
                    if (headless) {
                        client.write(head.substring(0, random.nextInt(head.length())));
                    } else {
                        client.write(head);
                        client.write(Arrays.copyOfRange(content, (int) offset, (int) offset + piece));
                        sent += piece;
                    }
                    if (random.nextBoolean()) {
                        client.reset();
                    } else if (whole && !headless && random.nextBoolean() && client.comes("204 No Content")) {
                        acknowledged = offset + piece;
                        answered++;
                    }
                }
            }
            long offset = tus.offset(location);
            assertThat(offset).isGreaterThanOrEqualTo(acknowledged);
            try (RawClient client = new RawClient(server.port)) {
                client.send(
                        "PATCH " + location + " HTTP/1.1",
                        "Host: x",
                        "Tus-Resumable: 1.0.0",
                        "Content-Type: " + Tus.BODY,
                        "Upload-Offset: " + offset,
                        "Content-Length: " + (SIZE - offset));
                client.write(Arrays.copyOfRange(content, (int) offset, SIZE));
                assertThat(client.answer()).startsWith("HTTP/1.1 204 ");
            }
            sent += SIZE - offset;
            VideoId id = VideoId.parse(Tus.id(location)).orElseThrow();
            byte[] received =
                    Futures.await(server.files.read(id, MediaFiles.SOURCE)).getBytes();
            assertThat(sha256(received)).isEqualTo(sha256(content));
            assertThat(tus.status(location)).isEqualTo("PROCESSING");
            System.out.printf(
                    "%d bytes over %d cut connections: %d bytes sent (%.1f %% again), %d pieces answered before the cut%n",
                    SIZE, CUTS, sent, 100.0 * (sent - SIZE) / SIZE, answered);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
