package dev.rivulet.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgOutageTest {
    @ParameterizedTest
    @ValueSource(strings = {"57P01", "57P02", "57P03", "08006", "53300", "53100", "40P01", "58030", "25P03"})
    void theServerIsTheTrouble(String state) {
        assertThat(PgOutage.is(said(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42703", "23505", "22P02", "25P02", "28P01", "XX000", ""})
    void theStatementIs(String state) {
        assertThat(PgOutage.is(said(state))).isFalse();
    }

    @Test
    void theWayToItIs() {
        assertThat(PgOutage.is(new ConnectException("refused"))).isTrue();
        assertThat(PgOutage.is(new VertxException("Connection was closed"))).isTrue();
        assertThat(PgOutage.is(new TimeoutException())).isTrue();
        assertThat(PgOutage.is(new IllegalArgumentException("ours"))).isFalse();
    }

    private static PgException said(String state) {
        return new PgException("words", "FATAL", state, "");
    }
}
