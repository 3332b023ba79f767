package dev.rivulet.store.pg;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Which failures say that PostgreSQL, or the way to it, is the trouble, and not the statement. */
public final class PgOutage {
    /**
     * Classes of SQLSTATE: connection lost, transaction rolled back for another's sake, resources used up, an operator or a
     * crash intervened, the system under it failed. See the appendix "PostgreSQL Error Codes" of its documentation.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** The session waited too long within a transaction: we were stopped for a while. */
    private static final String IDLE_IN_TRANSACTION = "25P03";

    private PgOutage() {}

    /** Whether the same call may succeed later. */
    public static boolean is(Throwable failure) {
        if (failure instanceof PgException said) {
            String state = String.valueOf(said.getSqlState());
            return state.equals(IDLE_IN_TRANSACTION)
                    || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
        }
        // Refused, reset, unknown host; closed by the other side, or no free connection in time.
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof VertxException;
    }
}
