/** The segment stage: probes an uploaded file, plans it, writes the plan. Meets other stages only through {@code bus}. */
@NullMarked
package dev.rivulet.segment;

import org.jspecify.annotations.NullMarked;
