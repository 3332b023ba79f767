/** What tests share: real servers, made-up plans and results, waiting for futures. */
@NullMarked
package dev.rivulet.testing;

import org.jspecify.annotations.NullMarked;
