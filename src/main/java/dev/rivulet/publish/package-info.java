/**
 * The publish stage: writes master playlists, sets states, sends updates, cleans up. Meets other stages only through
 * {@code bus}.
 */
@NullMarked
package dev.rivulet.publish;

import org.jspecify.annotations.NullMarked;
