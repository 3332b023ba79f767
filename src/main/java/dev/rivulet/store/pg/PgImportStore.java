package dev.rivulet.store.pg;

import dev.rivulet.job.VideoId;
import dev.rivulet.store.ImportStore;
import dev.rivulet.store.NewVideo;
import dev.rivulet.store.PendingImport;
import dev.rivulet.store.PendingImport.Arrived;
import dev.rivulet.store.Validator;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/** Imports in PostgreSQL. */
public final class PgImportStore implements ImportStore {
    private final Pool pool;
    private final String node;

    /**
     * @param pool on migrated tables; closed by its owner
     * @param node who we are: the same before and after a restart
     */
    public PgImportStore(Pool pool, String node) {
        this.pool = pool;
        this.node = node;
    }

    @Override
    public Future<Void> create(NewVideo video, String url) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(VideoSql.CREATE)
                .execute(VideoParameters.created(video, node))
                .compose(made -> connection
                        .preparedQuery(ImportSql.CREATE)
                        .execute(Tuple.of(video.id().value(), url)))
                .mapEmpty());
    }

    @Override
    public Future<Boolean> record(VideoId video, Arrived arrived, Duration spent) {
        Tuple values = Tuple.of(video.value(), arrived.bytes())
                .addLong(arrived.size() < 0 ? null : arrived.size())
                .addString(arrived.validator().etag())
                .addString(arrived.validator().lastModified())
                .addLong(spent.toMillis());
        return pool.preparedQuery(ImportSql.RECORD).execute(values).map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Future<List<PendingImport>> pending() {
        return pool.preparedQuery(ImportSql.PENDING)
                .execute(Tuple.of(node))
                .map(rows -> rows.stream().map(PgImportStore::pending).toList());
    }

    private static PendingImport pending(Row row) {
        Long size = row.getLong("size");
        Validator validator = new Validator(row.getString("etag"), row.getString("last_modified"));
        return new PendingImport(
                new VideoId(row.getUUID("video_id")),
                row.getString("url"),
                new Arrived(row.getLong("received"), size == null ? -1 : size, validator),
                Duration.ofMillis(row.getLong("spent_millis")),
                row.getBoolean("told"));
    }
}
