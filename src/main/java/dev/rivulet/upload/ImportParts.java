package dev.rivulet.upload;

import dev.rivulet.store.ImportStore;
import dev.rivulet.upload.link.Doorman;
import dev.rivulet.upload.link.LinkClient;
import dev.rivulet.upload.link.Patience;

/**
 * What imports are fetched with.
 *
 * @param admission the one of this node
 * @param patience the one of {@code client}
 */
public record ImportParts(
        ImportStore store, Doorman doorman, LinkClient client, Admission admission, Patience patience) {}
