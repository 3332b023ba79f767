/**
 * The ffmpeg tools: command lines as pure functions, readers of what the tools print, one way to run them. No Vert.x. May
 * import media and config; imported by the stages and by embedded.
 */
@NullMarked
package dev.rivulet.ffmpeg;

import org.jspecify.annotations.NullMarked;
