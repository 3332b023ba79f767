/** Media files on a disk: whole files under final names, on stable storage. Only {@code Main} may import it. */
@NullMarked
package dev.rivulet.store.disk;

import org.jspecify.annotations.NullMarked;
