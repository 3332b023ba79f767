/**
 * The encode stage: a dispatcher that takes, claims, keeps alive and records tasks, and worker verticles that run ffmpeg
 * and nothing else. Meets other stages only through {@code bus}.
 */
@NullMarked
package dev.rivulet.encode;

import org.jspecify.annotations.NullMarked;
