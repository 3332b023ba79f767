package dev.rivulet.testing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Uploads a file by form, as far as it is told; a field comes behind the file, as many clients send it. */
public final class ArrivingForm implements AutoCloseable {
    private final Site server;
    private final RawClient client;
    private final byte[] file;
    private final String end;
    private int sent;

    private ArrivingForm(Site server, byte[] file, String title) {
        this.server = server;
        this.file = file;
        this.client = new RawClient(server.uri("/").getPort());
        String begin = "--" + Form.BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"form.mp4\"\r\n\r\n";
        this.end = "\r\n--" + Form.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title
                + "\r\n--" + Form.BOUNDARY + "--\r\n";
        int length = begin.length() + file.length + end.getBytes(StandardCharsets.UTF_8).length;
        client.send(
                "POST /videos/upload HTTP/1.1",
                "Host: 127.0.0.1",
                "Content-Type: " + Form.TYPE,
                "Content-Length: " + length);
        client.write(begin);
    }

    /** Begins an upload, without a byte of the file. */
    public static ArrivingForm begin(Site server, Path file, String title) {
        try {
            return new ArrivingForm(server, Files.readAllBytes(file), title);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends until this share of the file has been sent. */
    public void sendTo(double share) {
        int to = (int) Math.round(file.length * share);
        client.write(Arrays.copyOfRange(file, sent, to));
        sent = to;
    }

    /** The id of the only video that arrives. */
    public String id() {
        Futures.until(() -> Future.succeededFuture(arriving().size() == 1));
        return arriving().getJsonObject(0).getString("id");
    }

    /** Sends the rest; the answer, with its head. */
    public String finish() {
        sendTo(1);
        client.write(end);
        return client.answer();
    }

    /** Breaks off without a word. */
    public void breakOff() {
        client.reset();
    }

    private JsonArray arriving() {
        return new JsonObject(server.get("/videos?status=UPLOADING").body()).getJsonArray("items");
    }

    @Override
    public void close() {
        client.close();
    }
}
