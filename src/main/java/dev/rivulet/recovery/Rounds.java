package dev.rivulet.recovery;

import dev.rivulet.store.VideoStore.Pending;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the videos whose stages are woken at a look: all that nothing goes on with, and of the others, which are kept
 * awake by their own tasks, a few in turn. So a look costs little however many videos there are, and yet each comes round.
 */
final class Rounds {
    /** Videos at work that are woken at one look. */
    static final int MOST = 20;

    private int turn;

    List<Pending> next(List<Pending> all) {
        List<Pending> working =
                all.stream().filter(video -> video.planned() && !video.idle()).toList();
        List<Pending> chosen = new ArrayList<>(
                all.stream().filter(video -> !video.planned() || video.idle()).toList());
        for (int i = 0; i < Math.min(MOST, working.size()); i++) {
            chosen.add(working.get(Math.floorMod(turn++, working.size())));
        }
        return chosen;
    }
}
