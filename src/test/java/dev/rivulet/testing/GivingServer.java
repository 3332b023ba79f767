package dev.rivulet.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody else's server that gives a file away as far as it is told, with ranges, whoever asks and however often. */
public final class GivingServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    /** How it answers. */
    public enum Way {
        /** With the length, an ETag and ranges. */
        WELL,
        /** Always with the whole file. */
        WITHOUT_RANGES,
        /** Without telling how much will come. */
        WITHOUT_LENGTH,
        /** Not at all any more. */
        GONE
    }

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<Answer> open = new ArrayList<>();
    /** Ranges that were asked for. */
    private final List<String> ranges = new ArrayList<>();

    private int answers;
    private byte[] file;
    private int version;
    private int given;
    private Way way = Way.WELL;

    public GivingServer(Path file) {
        this.file = read(file);
        server = Futures.await(
                vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
    }

    private static final class Answer {
        private final HttpServerResponse response;
        private final byte[] file;
        private int at;
        private final int end;

        Answer(HttpServerResponse response, byte[] file, int at, int end) {
            this.response = response;
            this.file = file;
            this.at = at;
            this.end = end;
        }

        /** Whether nothing more is to come. */
        boolean send(int given) {
            int to = Math.min(given, end);
            if (at < to) {
                response.write(Buffer.buffer(to - at).appendBytes(file, at, to - at));
                at = to;
            }
            if (at == end) {
                response.end();
            }
            return at == end;
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/film.mp4";
    }

    /** Gives from the beginning of the file until this share of it. */
    public GivingServer give(double share) {
        run(() -> {
            given = (int) Math.round(file.length * share);
            open.removeIf(answer -> answer.send(given));
        });
        return this;
    }

    /** From now on there is another file, of which this share is given; those who are being answered are cut off. */
    public void replace(Path other, double share) {
        byte[] bytes = read(other);
        run(() -> {
            file = bytes;
            version++;
            given = (int) Math.round(file.length * share);
            cutOff();
        });
    }

    /** Answers in another way from now on, and cuts off those who are being answered. */
    public void answer(Way other) {
        run(() -> {
            way = other;
            cutOff();
        });
    }

    /** Ranges that were asked for so far. */
    public List<String> ranges() {
        List<String> copy = new ArrayList<>();
        run(() -> copy.addAll(ranges));
        return copy;
    }

    /** How often it was asked. */
    public int answers() {
        int[] copy = new int[1];
        run(() -> copy[0] = answers);
        return copy[0];
    }

    private void cutOff() {
        List<Answer> all = List.copyOf(open);
        open.clear();
        all.forEach(answer -> answer.response.reset());
    }

    private void answer(HttpServerRequest request) {
        run(() -> {
            answers++;
            HttpServerResponse response = request.response();
            String etag = "\"" + version + "\"";
            int begin = 0;
            int end = file.length;
            Matcher range = RANGE.matcher(String.valueOf(request.getHeader("Range")));
            if (way == Way.GONE) {
                response.setStatusCode(404).end();
                return;
            }
            if (range.matches()) {
                ranges.add(range.group());
            }
            if (way == Way.WELL && range.matches() && etag.equals(request.getHeader("If-Range"))) {
                begin = Integer.parseInt(range.group(1));
                end = range.group(2).isEmpty() ? end : Integer.parseInt(range.group(2)) + 1;
                response.setStatusCode(206)
                        .putHeader("Content-Range", "bytes " + begin + "-" + (end - 1) + "/" + file.length);
            }
            response.putHeader("ETag", etag);
            if (way == Way.WITHOUT_LENGTH) {
                response.setChunked(true);
            } else {
                response.putHeader("Content-Length", Integer.toString(end - begin));
            }
            response.writeHead();
            Answer answer = new Answer(response, file, begin, end);
            // The end of the file is there for those who ask for it by itself.
            if (!answer.send(range.matches() && begin > given ? end : given)) {
                open.add(answer);
            }
        });
    }

    private synchronized void run(Runnable step) {
        step.run();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Futures.await(vertx.close());
    }
}
