/**
 * The life of a video as values: states and legal moves, tasks, leases, retry policy, failure kinds. Knows no Vert.x, no
 * IO and no clock; may use {@code media}.
 */
@NullMarked
package dev.rivulet.job;

import org.jspecify.annotations.NullMarked;
