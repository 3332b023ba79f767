package dev.rivulet.store.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A Lua script that Redis runs as one step. Redis knows it by its digest; when it has forgotten the script it is told the
 * text again.
 */
record RedisScript(String text, String digest) {
    /** The script of that file in {@code resources/redis/}. */
    static RedisScript of(String file) {
        try (InputStream in = Objects.requireNonNull(RedisScript.class.getResourceAsStream("/redis/" + file))) {
            byte[] text = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return new RedisScript(
                    new String(text, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param send sends one request */
    Future<Response> run(Function<Request, Future<Response>> send, String key, List<String> words) {
        return send.apply(request(Command.EVALSHA, digest, key, words))
                .recover(failure -> String.valueOf(failure.getMessage()).startsWith("NOSCRIPT")
                        ? send.apply(request(Command.EVAL, text, key, words))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, String key, List<String> words) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(key);
        words.forEach(request::arg);
        return request;
    }
}
