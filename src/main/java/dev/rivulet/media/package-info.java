/**
 * Values and arithmetic of media: what a source is, the ladder, the frame grid, playlists. Pure: no IO, no Vert.x, no
 * clock. Imported by every other package, imports none of them.
 */
@NullMarked
package dev.rivulet.media;

import org.jspecify.annotations.NullMarked;
