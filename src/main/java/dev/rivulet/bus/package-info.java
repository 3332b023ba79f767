/**
 * The event-bus protocol: every address, message record and fault, and the typed {@link dev.rivulet.bus.Bus}. Stages meet
 * only here. May use {@code media} and {@code job}.
 */
@NullMarked
package dev.rivulet.bus;

import org.jspecify.annotations.NullMarked;
