package dev.rivulet.upload;

import dev.rivulet.web.Answer;
import dev.rivulet.web.Checked;
import dev.rivulet.web.LinkImporter;
import dev.rivulet.web.Operations;
import dev.rivulet.web.VideoJson;
import dev.rivulet.web.VideoUrls;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;

/** Imports by link. */
public final class ImportRoutes implements Operations {
    private final LinkImporter importer;

    /** @param importer the one of this node */
    public ImportRoutes(LinkImporter importer) {
        this.importer = importer;
    }

    @Override
    public void mount(RouterBuilder builder) {
        builder.getRoute("importVideo").addHandler(this::begin);
    }

    private void begin(RoutingContext context) {
        JsonObject body = Checked.body(context);
        LinkImporter.Wish wish = new LinkImporter.Wish(
                body.getString("url"),
                body.getString("title"),
                body.getString("description"),
                body.getInteger("priority", 0));
        importer.begin(wish)
                .onSuccess(video -> {
                    context.response().putHeader(HttpHeaders.LOCATION, VideoUrls.video(video.id()));
                    Answer.json(context, 202, VideoJson.of(video));
                })
                .onFailure(context::fail);
    }
}
