/**
 * The stores of videos and tasks in PostgreSQL. Every time is the database's; every method is one statement or one
 * transaction that locks the video's row first. Only {@code Main} may import it.
 */
@NullMarked
package dev.rivulet.store.pg;

import org.jspecify.annotations.NullMarked;
