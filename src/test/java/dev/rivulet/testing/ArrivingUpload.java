package dev.rivulet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Uploads a file by tus as the page does, as far and as fast as it is told: where the index stands behind the media, that is a
 * part of its own, which comes first.
 */
public final class ArrivingUpload {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Site server;
    private final byte[] file;
    private final int cut;
    private final String front;
    private final String tail;
    private final String location;
    private int sent;

    private ArrivingUpload(Site server, byte[] file, int cut) {
        this.server = server;
        this.file = file;
        this.cut = cut;
        if (cut < file.length) {
            front = create(server, "Upload-Concat", "partial", "Upload-Length", Integer.toString(cut));
            tail = create(server, "Upload-Concat", "partial", "Upload-Length", Integer.toString(file.length - cut));
            location = create(server, "Upload-Concat", "final;" + front + " " + tail);
        } else {
            front = create(server, "Upload-Length", Integer.toString(cut));
            tail = "";
            location = front;
        }
    }

    /** Begins an upload, without a byte of the file. */
    public static ArrivingUpload begin(Site server, Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return new ArrivingUpload(server, bytes, cut(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the index begins when it stands behind the media, else the end of the file. */
    private static int cut(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        boolean media = false;
        for (int at = 0; at + 16 <= file.length; ) {
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (type.equals("moov") && media) {
                return at;
            }
            media |= type.equals("mdat");
            long size = Integer.toUnsignedLong(bytes.getInt(at));
            at += (int) (size == 1 ? bytes.getLong(at + 8) : size == 0 ? file.length : size);
        }
        return file.length;
    }

    /** The id of the video. */
    public String id() {
        return Tus.id(location);
    }

    /** The upload that is the video. */
    public String location() {
        return location;
    }

    /** The upload that the file's beginning is sent to. */
    public String front() {
        return front;
    }

    /** The upload of the index behind the media. */
    public String tail() {
        return tail;
    }

    /** Bytes that are sent from the front, all in all. */
    public int length() {
        return cut;
    }

    /** Sends the index, when it is a part of its own. */
    public ArrivingUpload sendTail() {
        if (!tail.isEmpty()) {
            byte[] bytes = Arrays.copyOfRange(file, cut, file.length);
            assertThat(patch(server, tail, 0, BodyPublishers.ofByteArray(bytes)).statusCode())
                    .isEqualTo(204);
        }
        return this;
    }

    /** Sends from the front until this share of the file has been sent. */
    public void sendTo(double share) {
        int end = (int) Math.min(cut, Math.round(file.length * share));
        byte[] bytes = Arrays.copyOfRange(file, sent, end);
        HttpResponse<String> answer = patch(server, front, sent, BodyPublishers.ofByteArray(bytes));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        sent = end;
    }

    /**
     * Sends from the front as {@link #sendTo}, with a checksum.
     *
     * @param right whether that is the one of what is sent
     * @return the status of the answer
     */
    public int sendChecked(double share, boolean right) {
        int end = (int) Math.min(cut, Math.round(file.length * share));
        byte[] bytes = Arrays.copyOfRange(file, sent, end);
        String checksum = "sha1 " + Base64.getEncoder().encodeToString(sha1(right ? bytes : file));
        int status = patch(server, front, sent, BodyPublishers.ofByteArray(bytes), "Upload-Checksum", checksum)
                .statusCode();
        sent = status == 204 ? end : sent;
        return status;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends the rest in one request, at most so many bytes a second; 0 = as fast as it goes. */
    public void finish(long bytesPerSecond) {
        BodyPublisher rest = BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new Paced(file, sent, cut, bytesPerSecond)), cut - sent);
        HttpResponse<String> answer = patch(server, front, sent, rest);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        sent = cut;
    }

    /** Goes on at another server, from where that one says. */
    public void finishAt(Site other) {
        HttpRequest head =
                request(other, front).method("HEAD", BodyPublishers.noBody()).build();
        int offset = Integer.parseInt(Tus.header(send(head), "Upload-Offset"));
        byte[] rest = Arrays.copyOfRange(file, offset, cut);
        assertThat(patch(other, front, offset, BodyPublishers.ofByteArray(rest)).statusCode())
                .isEqualTo(204);
    }

    /** Ends an upload for good; the status of the answer. */
    public int delete(String upload) {
        return send(request(server, upload).DELETE().build()).statusCode();
    }

    private String create(Site at, String... headers) {
        return Tus.location(send(
                request(at, "/uploads", headers).POST(BodyPublishers.noBody()).build()));
    }

    private HttpResponse<String> patch(Site at, String upload, long offset, BodyPublisher bytes, String... more) {
        List<String> headers =
                new ArrayList<>(List.of("Upload-Offset", Long.toString(offset), "Content-Type", Tus.BODY));
        headers.addAll(List.of(more));
        return send(request(at, upload, headers.toArray(String[]::new))
                .method("PATCH", bytes)
                .build());
    }

    private static HttpRequest.Builder request(Site at, String path, String... headers) {
        List<String> all = new ArrayList<>(List.of("Tus-Resumable", "1.0.0"));
        all.addAll(List.of(headers));
        return HttpRequest.newBuilder(at.uri(path)).headers(all.toArray(String[]::new));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes that come at a pace. */
    private static final class Paced extends InputStream {
        private static final long NANOS = 1_000_000_000L;
        private static final int BLOCK = 16 * 1024;

        private final byte[] bytes;
        private final int from;
        private final int end;
        private final long rate;
        private final long begun = System.nanoTime();
        private int at;

        Paced(byte[] bytes, int from, int end, long rate) {
            this.bytes = bytes;
            this.from = from;
            this.at = from;
            this.end = end;
            this.rate = rate;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == end) {
                return -1;
            }
            int count = Math.min(Math.min(length, BLOCK), end - at);
            if (rate > 0) {
                long due = begun + (at - from + count) * NANOS / rate;
                try {
                    new CountDownLatch(1).await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
