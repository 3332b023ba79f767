package dev.rivulet.upload;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** The event loop on which a node fetches what it imports. One instance. */
public final class ImportVerticle extends VerticleBase {
    private final Imports imports;

    /** @param imports those of this node */
    public ImportVerticle(Imports imports) {
        this.imports = imports;
    }

    @Override
    public Future<?> start() {
        return imports.open(context);
    }

    /** Completes when everything that has arrived is on record. */
    @Override
    public Future<?> stop() {
        return imports.close();
    }
}
