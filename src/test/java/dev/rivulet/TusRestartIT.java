package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rivulet.testing.ChildServer;
import dev.rivulet.testing.RawClient;
import dev.rivulet.testing.Tus;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resumable uploads on a server that is killed in the middle of a request. */
class TusRestartIT {
    private static final int SIZE = 6_000_000;
    private static final int SENT = 2_500_000;

    @TempDir
    Path folder;

    @Test
    void afterAKillTheFilesLengthIsTheOffsetAndTheRestIsEnough() throws IOException {
        Path data = folder.resolve("data");
        byte[] content = new byte[SIZE];
        new Random(5).nextBytes(content);
        ChildServer first = ChildServer.start(data);
        try {
            String location = create(first, "Upload-Length", Integer.toString(SIZE));
            String part = create(first, "Upload-Length", "10", "Upload-Concat", "partial");
            assertThat(patch(first, part, 0, new byte[4]).statusCode()).isEqualTo(204);
            Path file = file(data, location);
            try (RawClient client = new RawClient(first.uri("/").getPort())) {
                client.send(
                        "PATCH " + location + " HTTP/1.1",
                        "Host: x",
                        "Tus-Resumable: 1.0.0",
                        "Content-Type: " + Tus.BODY,
                        "Upload-Offset: 0",
                        "Content-Length: " + SIZE);
                client.write(Arrays.copyOf(content, SENT));
                first.until(30, () -> file.toFile().length() > SENT / 2);
                first.kill();
            }
            Path form = Files.writeString(file.resolveSibling("00000000-0000-4000-8000-000000000000.part"), "a form");
            long length = Files.size(file);

            try (ChildServer second = ChildServer.start(data, Map.of())) {
                assertThat(form).doesNotExist();
                assertThat(offset(second, part)).isEqualTo(4);
                assertThat(offset(second, location)).isEqualTo(length);
                assertThat(second.video(Tus.id(location)).getString("status")).isEqualTo("UPLOADING");
                byte[] rest = Arrays.copyOfRange(content, (int) length, SIZE);
                assertThat(patch(second, location, length, rest).statusCode()).isEqualTo(204);
                assertThat(second.video(Tus.id(location)).getString("status")).isNotEqualTo("UPLOADING");
                assertThat(second.video(Tus.id(location)).getLong("fileSize")).isEqualTo(SIZE);
                System.out.printf(
                        "killed with %d of %d bytes written, %d asked for again%n", length, SENT, SENT - length);
            }
        } finally {
            first.close();
        }
    }

    private static String create(ChildServer server, String... headers) {
        return Tus.location(server.send(request(server, "/uploads", headers)
                .POST(BodyPublishers.noBody())
                .build()));
    }

    private static HttpResponse<String> patch(ChildServer server, String location, long offset, byte[] bytes) {
        return server.send(request(server, location, "Upload-Offset", Long.toString(offset), "Content-Type", Tus.BODY)
                .method("PATCH", BodyPublishers.ofByteArray(bytes))
                .build());
    }

    private static long offset(ChildServer server, String location) {
        HttpRequest head = request(server, location, "Accept", "*/*")
                .method("HEAD", BodyPublishers.noBody())
                .build();
        return Long.parseLong(Tus.header(server.send(head), "Upload-Offset"));
    }

    private static HttpRequest.Builder request(ChildServer server, String path, String... headers) {
        return HttpRequest.newBuilder(server.uri(path)).headers(headers).header("Tus-Resumable", "1.0.0");
    }

    private static Path file(Path data, String location) {
        return data.resolve("work/uploads/" + Tus.id(location) + ".part");
    }
}
