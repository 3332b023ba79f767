package dev.rivulet.store.pg;

import dev.rivulet.job.Lease;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rows, and what workers hold: the last right that was given, and the one before it, which is late.
 *
 * @param path how it was reached, for people
 */
record LifeState(
        Lane.Rows rows,
        Map<Long, Lease> leases,
        Map<Long, Lease> lateLeases,
        Map<String, UUID> joins,
        Map<String, UUID> lateJoins,
        List<String> path) {
    /** What the future depends on: rows without times and numbers that only count. */
    String key() {
        StringBuilder key = new StringBuilder();
        for (Object row : new JsonArray(rows.tables().get(0))) {
            JsonObject video = (JsonObject) row;
            key.append(video.getString("status"))
                    .append(video.getBoolean("tidied"))
                    .append(video.getBoolean("previewable"))
                    .append(video.getString("error_code"))
                    .append(Objects.toString(video.getValue("plan")).hashCode());
        }
        Map<String, String> known = new TreeMap<>();
        for (Object row : new JsonArray(rows.tables().get(1))) {
            JsonObject of = (JsonObject) row;
            String token = of.getString("join_token");
            String quality = of.getString("quality");
            known.put(
                    quality,
                    of.getString("state")
                            + of.getInteger("tier")
                            + of.getInteger("join_failures")
                            + of.getBoolean("remade")
                            + (of.getString("join_after") == null)
                            + held(token, joins.get(quality))
                            + held(token, lateJoins.get(quality)));
        }
        for (Object row : new JsonArray(rows.tables().get(2))) {
            JsonObject of = (JsonObject) row;
            String token = of.getString("lease_token");
            Lease last = leases.get(of.getLong("id"));
            Lease late = lateLeases.get(of.getLong("id"));
            known.put(
                    of.getString("kind") + of.getInteger("tier"),
                    of.getString("state")
                            + of.getInteger("failures")
                            + of.getInteger("segments")
                            + held(token, last == null ? null : last.token())
                            + held(token, late == null ? null : late.token()));
        }
        for (Object row : new JsonArray(rows.tables().get(4))) {
            String once = ((JsonObject) row).getString("once_key");
            if (once != null) {
                known.put("said " + once, "");
            }
        }
        return key.append(known).toString();
    }

    private static String held(String token, UUID right) {
        return right == null ? "-" : right.toString().equals(token) ? "+" : "o";
    }
}
