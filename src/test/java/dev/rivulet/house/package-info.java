/** The rules of this house, held by tests: who may import whom, sizes, names, documents. */
@NullMarked
package dev.rivulet.house;

import org.jspecify.annotations.NullMarked;
