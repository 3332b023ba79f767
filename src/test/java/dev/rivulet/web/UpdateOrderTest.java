package dev.rivulet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateOrderTest {
    private final UpdateOrder order = new UpdateOrder(3);

    @Test
    void givesOutWhatComesNext() {
        assertThat(accept(4)).containsExactly(4L);
        assertThat(order.last()).isEqualTo(4);
        assertThat(order.gap()).isFalse();
    }

    @Test
    void forgetsDoublesAndWhatIsKnown() {
        accept(4);
        assertThat(accept(4)).isEmpty();
        assertThat(accept(2)).isEmpty();
        assertThat(order.gap()).isFalse();
    }

    @Test
    void waitsForWhatIsMissing() {
        assertThat(accept(6)).isEmpty();
        assertThat(accept(5)).isEmpty();
        assertThat(order.gap()).isTrue();
        assertThat(accept(4)).containsExactly(4L, 5L, 6L);
        assertThat(order.gap()).isFalse();
    }

    @Test
    void goesOnBehindASnapshot() {
        accept(5);
        accept(9);
        assertThat(seqs(order.jumpTo(8))).containsExactly(9L);
        assertThat(order.last()).isEqualTo(9);
        assertThat(order.jumpTo(2)).isEmpty();
        assertThat(order.last()).isEqualTo(9);
    }

    private List<Long> accept(long seq) {
        return seqs(order.accept(new JsonObject().put("seq", seq)));
    }

    private static List<Long> seqs(List<JsonObject> updates) {
        return updates.stream().map(update -> update.getLong("seq")).toList();
    }
}
