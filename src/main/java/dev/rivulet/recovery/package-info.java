/**
 * The recovery stage: looks for what stalled and says it again. Meets other stages only through {@code bus}.
 */
@NullMarked
package dev.rivulet.recovery;

import org.jspecify.annotations.NullMarked;
