/**
 * The join stage: extends the growing playlists, verifies complete qualities and joins them. Meets other stages only
 * through {@code bus}.
 */
@NullMarked
package dev.rivulet.join;

import org.jspecify.annotations.NullMarked;
