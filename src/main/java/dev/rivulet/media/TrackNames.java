package dev.rivulet.media;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of tracks as playlists want them: short, without what a quoted string cannot hold, each one once. */
final class TrackNames {
    private static final int LONGEST = 100;

    private TrackNames() {}

    /** @param otherwise the name of a track whose wanted name has nothing that can be shown */
    static List<String> unique(List<String> wanted, String otherwise) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            String clean = wanted.get(i)
                    .codePoints()
                    .limit(LONGEST)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .replaceAll("[\"\\p{Cc}]", " ")
                    .strip();
            String name = clean.isEmpty() ? otherwise : clean;
            String unique = name;
            for (int number = i + 1; !taken.add(unique); number++) {
                unique = name + " " + number;
            }
            names.add(unique);
        }
        return names;
    }
}
