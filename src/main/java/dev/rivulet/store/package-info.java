/**
 * Ports of what outlives a process: videos and tasks (PostgreSQL holds the truth), the queue (Redis hands out), media
 * files (a disk or a bucket holds the bytes). Adapters lie in sub-packages. May use {@code media}, {@code job} and
 * {@code config}.
 */
@NullMarked
package dev.rivulet.store;

import org.jspecify.annotations.NullMarked;
