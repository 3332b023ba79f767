package dev.rivulet.store.disk;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names of media files: relative, plain, and never leading out of their video's folder. */
final class MediaName {
    /** No part begins with a dot: that leaves out {@code .} and {@code ..}, and the temporary files. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-][a-z0-9_.-]*(/[a-z0-9_-][a-z0-9_.-]*)*");

    private static final int LONGEST = 255;

    private MediaName() {}

    static boolean plain(String name) {
        return name.length() <= LONGEST && PLAIN.matcher(name).matches();
    }

    /** @throws IllegalArgumentException when the name is not plain */
    static Path under(Path folder, String name) {
        if (!plain(name)) {
            throw new IllegalArgumentException("not a name of a media file");
        }
        return folder.resolve(name);
    }
}
