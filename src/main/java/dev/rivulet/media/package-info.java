/**
 * Values and arithmetic of video: probe results, ladder, frame grid, chunk plan, playlists, codec strings. Knows no
 * Vert.x, no IO and no clock; every package may import it.
 */
@NullMarked
package dev.rivulet.media;

import org.jspecify.annotations.NullMarked;
