package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.Form;
import dev.rivulet.testing.MadeMedia;
import dev.rivulet.testing.Updates;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upload of many times the server's memory. Two gigabytes, so that tests stay quick; {@code -Dbig.gigabytes=5} for more.
 */
class BigUploadIT {
    private static final int GIGABYTES = Integer.getInteger("big.gigabytes", 2);
    private static final int HEAP_MEGABYTES = 256;
    private static final byte[] PIECE = new byte[1 << 20];
    private static final Pattern HEAP =
            Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} (\\S+)$");

    @TempDir
    Path folder;

    @Test
    void memoryDoesNotGrowWithTheFileAndTheAnswerComesAtOnce() throws IOException {
        long size = GIGABYTES * 1_000_000_000L;
        long free = Files.getFileStore(folder).getUsableSpace();
        assumeTrue(free > 2 * size + 2_000_000_000L, "only " + (free >> 20) + " MiB free, too little for this");
        try (ChildServer server =
                ChildServer.start(folder.resolve("data"), java.util.Map.of(), "-Xmx" + HEAP_MEGABYTES + "m")) {
            Answer answer = upload(server, size);
            System.out.printf(
                    "%d GB in %d ms; answered %d ms after the last byte; heap now %d MiB of %d, process at most %s%n",
                    GIGABYTES,
                    answer.sending().toMillis(),
                    answer.waiting().toMillis(),
                    heap(server) >> 20,
                    HEAP_MEGABYTES,
                    peak(server));
            assertThat(answer.text()).startsWith("HTTP/1.1 202");
            // In the open it is a tenth of a second; here the disk is shared with other tests.
            assertThat(answer.waiting()).isLessThan(Duration.ofSeconds(5));
            JsonObject video =
                    new JsonObject(answer.text().substring(answer.text().indexOf('{')));
            assertThat(video.getLong("fileSize")).isEqualTo(size);
            String id = video.getString("id");
            try (Updates updates = server.follow(id)) {
                assertThat(updates.end(60).getJsonObject("error").getString("code"))
                        .isEqualTo("not_a_video");
            }
            Path media = server.data().resolve("media").resolve(id);
            server.until(20, () -> !Files.exists(media));
            stillWorks(server);
            assertThat(server.said()).doesNotContain("OutOfMemory");
        }
    }

    private record Answer(String text, Duration sending, Duration waiting) {}

    private static Answer upload(ChildServer server, long size) throws IOException {
        String head = new Form().file("zeros.mp4", "").open().replaceFirst("\r\n\r\n\r\n$", "\r\n\r\n");
        String tail = "\r\n--" + Form.BOUNDARY + "--\r\n";
        long length = head.length() + size + tail.length();
        try (Socket socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
            long begun = System.nanoTime();
            OutputStream out = socket.getOutputStream();
            out.write(("POST /videos/upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + Form.TYPE
                            + "\r\nContent-Length: " + length + "\r\n\r\n" + head)
                    .getBytes(StandardCharsets.UTF_8));
            for (long left = size; left > 0; left -= PIECE.length) {
                out.write(PIECE, 0, (int) Math.min(left, PIECE.length));
            }
            out.write(tail.getBytes(StandardCharsets.UTF_8));
            out.flush();
            long sent = System.nanoTime();
            StringBuilder text = new StringBuilder();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            text.append(in.readLine());
            long answered = System.nanoTime();
            in.lines().forEach(line -> text.append('\n').append(line));
            return new Answer(text.toString(), Duration.ofNanos(sent - begun), Duration.ofNanos(answered - sent));
        }
    }

    private void stillWorks(ChildServer server) {
        Path clip = MadeMedia.mp4(folder.resolve("clip.mp4"), "256x144", "25", 3);
        try (Updates updates = server.follow(server.upload(clip, "after it").getString("id"))) {
            assertThat(updates.end(60).getString("stage")).isEqualTo("done");
        }
    }

    private static long heap(ChildServer server) {
        Matcher used = HEAP.matcher(server.get("/metrics").body());
        double bytes = 0;
        while (used.find()) {
            bytes += Double.parseDouble(used.group(1));
        }
        assertThat(bytes).isPositive();
        return (long) bytes;
    }

    /** Resident memory in all, buffers outside of the heap included. */
    private static String peak(ChildServer server) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .orElse("unknown")
                .replaceAll("\\s+", " ");
    }
}
