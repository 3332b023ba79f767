/**
 * The HTTP kit: the API description and its routes, the one failure exit, media files, health, metrics, pages, the
 * progress WebSocket, the doors of the event bus. May use {@code bus}, {@code store}, {@code job}, {@code media} and
 * {@code config}; the stages may use it.
 */
@NullMarked
package dev.rivulet.web;

import org.jspecify.annotations.NullMarked;
