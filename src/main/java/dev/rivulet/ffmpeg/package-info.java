/**
 * Everything about ffmpeg: command lines as pure functions, readers of what it prints, and the one process runner with
 * limits. Knows no Vert.x. May use {@code media} and {@code config}.
 */
@NullMarked
package dev.rivulet.ffmpeg;

import org.jspecify.annotations.NullMarked;
