package dev.rivulet.testing;

import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/** Upload forms (RFC 7578). */
public final class UploadForm {
    private static final String BOUNDARY = "rivulet-test-7d81b516112482";

    private UploadForm() {}

    /** A form with a title and a file, under the file's own name. */
    public static HttpRequest request(URI uri, Path file, String title) {
        return request(uri, file, title, file.getFileName().toString());
    }

    /** The same with another file name. */
    public static HttpRequest request(URI uri, Path file, String title, String fileName) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title + "\r\n--"
                + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        try {
            return HttpRequest.newBuilder(uri)
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(BodyPublishers.concat(
                            BodyPublishers.ofString(head),
                            BodyPublishers.ofFile(file),
                            BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n")))
                    .build();
        } catch (FileNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
