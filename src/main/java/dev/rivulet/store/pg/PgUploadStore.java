package dev.rivulet.store.pg;

import dev.rivulet.job.VideoId;
import dev.rivulet.job.VideoStatus;
import dev.rivulet.store.NewUpload;
import dev.rivulet.store.ResumableUpload;
import dev.rivulet.store.UploadStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resumable uploads in PostgreSQL. */
public final class PgUploadStore implements UploadStore {
    private final Pool pool;
    private final String node;

    /**
     * @param pool on migrated tables; closed by its owner
     * @param node who we are: the same before and after a restart
     */
    public PgUploadStore(Pool pool, String node) {
        this.pool = pool;
        this.node = node;
    }

    @Override
    public Future<Instant> create(NewUpload upload) {
        Tuple values = Tuple.of(upload.id().value(), upload.kind().name(), node)
                .addLong(upload.length())
                .addString(upload.metadata())
                .addArrayOfUUID(uuids(upload.parts()))
                .addLong(upload.life().toMillis());
        return run(pool, UploadSql.CREATE, values)
                .map(rows -> expiry(rows.iterator().next()));
    }

    @Override
    public Future<Optional<ResumableUpload>> find(VideoId id) {
        return all(List.of(id)).map(found -> found.stream().findFirst());
    }

    @Override
    public Future<List<ResumableUpload>> all(List<VideoId> ids) {
        return run(pool, UploadSql.ALL, Tuple.of(node).addArrayOfUUID(uuids(ids)))
                .map(PgUploadStore::uploads);
    }

    @Override
    public Future<List<ResumableUpload>> unfinished() {
        return run(pool, UploadSql.UNFINISHED, Tuple.of(node)).map(PgUploadStore::uploads);
    }

    @Override
    public Future<Long> parts() {
        return run(pool, UploadSql.PARTS, Tuple.tuple())
                .map(rows -> rows.iterator().next().getLong("number"));
    }

    @Override
    public Future<Boolean> declare(VideoId id, long length) {
        return run(pool, UploadSql.DECLARE, Tuple.of(id.value(), length)).map(rows -> rows.size() > 0);
    }

    @Override
    public Future<Optional<Instant>> renew(VideoId id, Duration life, @Nullable Long unverifiedFrom) {
        Tuple values = Tuple.of(id.value(), life.toMillis()).addLong(unverifiedFrom);
        return run(pool, UploadSql.RENEW, values)
                .map(rows -> rows.stream().map(PgUploadStore::expiry).findFirst());
    }

    @Override
    public Future<Void> completed(VideoId part) {
        return run(pool, UploadSql.COMPLETED, Tuple.of(part.value())).mapEmpty();
    }

    @Override
    public Future<List<VideoId>> finalsOf(VideoId part) {
        return run(pool, UploadSql.FINALS_OF, Tuple.of(part.value()))
                .map(rows -> rows.stream().map(PgUploadStore::id).toList());
    }

    @Override
    public Future<Optional<VideoId>> finalOf(List<VideoId> parts) {
        return run(pool, UploadSql.FINAL_OF, Tuple.tuple().addArrayOfUUID(uuids(parts)))
                .map(rows -> rows.stream().map(PgUploadStore::id).findFirst());
    }

    @Override
    public Future<Optional<List<Long>>> assemble(VideoId whole) {
        return pool.withTransaction(connection -> run(connection, UploadSql.LOCK_FINAL, Tuple.of(whole.value()))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    Row row = rows.iterator().next();
                    Long[] known = row.getArrayOfLongs("part_lengths");
                    return known == null
                            ? takeOver(connection, whole, row.getArrayOfUUIDs("parts"))
                            : Future.succeededFuture(Optional.of(List.of(known)));
                }));
    }

    private Future<Optional<List<Long>>> takeOver(SqlClient connection, VideoId whole, UUID[] parts) {
        return run(connection, UploadSql.LOCK_PARTS, Tuple.of(node).addArrayOfUUID(parts))
                .compose(rows -> {
                    if (rows.size() < parts.length) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    Map<UUID, Long> lengths = rows.stream()
                            .collect(Collectors.toMap(row -> row.getUUID("id"), row -> row.getLong("length")));
                    List<Long> inOrder = Arrays.stream(parts)
                            .map(part -> Objects.requireNonNull(lengths.get(part)))
                            .toList();
                    Tuple taken = Tuple.of(whole.value()).addArrayOfLong(inOrder.toArray(Long[]::new));
                    return run(connection, UploadSql.ASSEMBLE, taken)
                            .compose(done -> run(
                                    connection,
                                    UploadSql.REMOVE_PARTS,
                                    Tuple.tuple().addArrayOfUUID(parts)))
                            .map(Optional.of(inOrder));
                });
    }

    @Override
    public Future<Boolean> removePart(VideoId part) {
        return run(pool, UploadSql.REMOVE_PARTS, Tuple.tuple().addArrayOfUUID(uuids(List.of(part))))
                .map(rows -> rows.rowCount() > 0);
    }

    private static List<ResumableUpload> uploads(RowSet<Row> rows) {
        return rows.stream().map(PgUploadStore::upload).toList();
    }

    private static ResumableUpload upload(Row row) {
        String status = row.getString("status");
        Long[] lengths = row.getArrayOfLongs("part_lengths");
        return new ResumableUpload(
                id(row),
                ResumableUpload.Kind.valueOf(row.getString("kind")),
                status == null ? null : VideoStatus.valueOf(status),
                row.getLong("length"),
                row.getString("metadata"),
                Arrays.stream(row.getArrayOfUUIDs("parts")).map(VideoId::new).toList(),
                lengths == null ? List.of() : List.of(lengths),
                row.getBoolean("complete"),
                row.getLong("unverified_from"),
                row.getBoolean("here"),
                expiry(row),
                row.getBoolean("expired"));
    }

    private static Instant expiry(Row row) {
        return row.getOffsetDateTime("expires_at").toInstant();
    }

    private static VideoId id(Row row) {
        return new VideoId(row.getUUID("id"));
    }

    private static UUID[] uuids(List<VideoId> ids) {
        return ids.stream().map(VideoId::value).toArray(UUID[]::new);
    }

    private static Future<RowSet<Row>> run(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values);
    }
}
