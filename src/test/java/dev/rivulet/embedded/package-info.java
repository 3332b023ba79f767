/** Tests of the embedded servers and tools, on the real ones. */
@NullMarked
package dev.rivulet.embedded;

import org.jspecify.annotations.NullMarked;
