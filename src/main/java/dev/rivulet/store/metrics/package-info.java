/**
 * What the ports are asked and answer, counted: the same ports, with meters around them. The stages know nothing of it.
 * Only {@code Server} may import it.
 */
@NullMarked
package dev.rivulet.store.metrics;

import org.jspecify.annotations.NullMarked;
