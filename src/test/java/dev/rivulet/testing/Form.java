package dev.rivulet.testing;

/** A multipart form as clients write it. */
public final class Form {
    public static final String BOUNDARY = "----RivuletTest7x";
    public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private final StringBuilder parts = new StringBuilder();

    public Form field(String name, String value) {
        return part("name=\"" + name + "\"", value);
    }

    public Form file(String fileName, String content) {
        return part("name=\"file\"; filename=\"" + fileName + "\"", content);
    }

    public Form part(String disposition, String content) {
        parts.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; ")
                .append(disposition)
                .append("\r\n\r\n")
                .append(content)
                .append("\r\n");
        return this;
    }

    /** Without the last boundary. */
    public String open() {
        return parts.toString();
    }

    public String body() {
        return parts + "--" + BOUNDARY + "--\r\n";
    }
}
