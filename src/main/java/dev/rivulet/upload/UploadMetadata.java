package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about the file of an upload (tus, creation).
 *
 * @param text the header as it came, empty when it did not
 * @param fileName a name, made up when there is none
 * @param fields title, description and priority; unknown keys are left alone
 */
record UploadMetadata(String text, FileName fileName, FormFields fields) {
    /** @throws Fault when the header is none, or a value is not allowed */
    static UploadMetadata parse(@Nullable String header) {
        String text = header == null ? "" : header.strip();
        FormFields fields = new FormFields();
        Set<String> keys = new HashSet<>();
        String fileName = null;
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] words = pair.strip().split(" +");
            if (words.length > 2 || !words[0].matches("[\\x21-\\x7e]+") || !keys.add(words[0])) {
                throw invalid("Upload-Metadata must be pairs of a key, a space and a value in base64, each key once.");
            }
            String value = decoded(words[0], words.length == 2 ? words[1] : "");
            // Some clients say name where others say filename.
            if (words[0].equals("filename") || (words[0].equals("name") && fileName == null)) {
                fileName = value;
            }
            fields.begins(words[0]);
            fields.content(Buffer.buffer(value));
            fields.ends();
        }
        return new UploadMetadata(text, FileName.of(fileName), fields);
    }

    private static String decoded(String key, String value) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(value));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException e) {
            throw invalid("The value of " + key + " in Upload-Metadata is no base64.");
        } catch (CharacterCodingException e) {
            throw invalid("The value of " + key + " in Upload-Metadata is no UTF-8.");
        }
    }

    private static Fault invalid(String message) {
        return new Fault(400, "invalid_metadata", message);
    }
}
