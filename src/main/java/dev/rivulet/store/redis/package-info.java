/**
 * The queue of tasks in Redis. What it holds may vanish at any moment: PostgreSQL has the truth. Only {@code Main} may
 * import it.
 */
@NullMarked
package dev.rivulet.store.redis;

import org.jspecify.annotations.NullMarked;
