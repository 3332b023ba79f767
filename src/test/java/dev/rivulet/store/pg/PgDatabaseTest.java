package dev.rivulet.store.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgDatabaseTest {
    @ParameterizedTest
    @ValueSource(strings = {"postgres://", "postgresql://"})
    void theSecretDoesNotShow(String scheme) {
        assertThat(new PgDatabase(scheme + "anna:s3cr%40t@db.example:5433/rivulet"))
                .hasToString("postgres://db.example:5433/rivulet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jdbc:postgresql://h/d", "mysql://u:s3cret@h/d", "postgres://u:s3cret@h:port/d"})
    void otherAddressesAreRefusedWithoutRepeatingThem(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PgDatabase(url))
                .withMessageNotContaining("s3cret");
    }

    @Test
    void aCursorIsReadAsItWasWritten() {
        PageCursor cursor = new PageCursor(
                java.time.Instant.parse("2026-11-20T10:11:12.123456Z"),
                java.util.UUID.fromString("00000000-0000-0000-0000-00000000002a"));
        assertThat(PageCursor.parse(cursor.text())).isEqualTo(cursor);
    }
}
