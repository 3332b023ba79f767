package dev.rivulet.store.metrics;

import static dev.rivulet.testing.Futures.await;
import static dev.rivulet.testing.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeardTest {
    private final List<String> heard = new ArrayList<>();

    interface Port {
        Future<String> ask(String what);

        Future<String> quiet();
    }

    private static final class Echo implements Port {
        @Override
        public Future<String> ask(String what) {
            if (what.isEmpty()) {
                throw new IllegalArgumentException("nothing was asked");
            }
            return what.equals("?") ? Future.failedFuture("no answer") : Future.succeededFuture(what + "!");
        }

        @Override
        public Future<String> quiet() {
            return Future.succeededFuture("sh");
        }
    }

    private final Port port =
            Heard.by(Port.class, new Echo(), Map.of("ask", (asked, answer) -> heard.add(asked[0] + " " + answer)));

    @Test
    void successfulAnswersAreHeardBeforeTheAskerDoes() {
        Future<String> answered = port.ask("hello").map(answer -> answer + heard);
        assertThat(await(answered)).isEqualTo("hello![hello hello!]");
        assertThat(await(port.quiet())).isEqualTo("sh");
        assertThat(heard).hasSize(1);
    }

    @Test
    void failuresStayWhatTheyAreAndAreNotHeard() {
        assertThat(failure(port.ask("?"))).hasMessage("no answer");
        assertThatThrownBy(() -> port.ask("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerToAMethodThatThereIsNotIsADefect() {
        assertThatThrownBy(() -> Heard.by(Port.class, new Echo(), Map.of("shout", (asked, answer) -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shout");
    }
}
