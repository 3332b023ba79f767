/** Tests of the pages in a real browser, against a whole server. */
@NullMarked
package dev.rivulet.browser;

import org.jspecify.annotations.NullMarked;
