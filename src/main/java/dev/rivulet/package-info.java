/**
 * The composition root: loads the settings, builds the parts, deploys them in order and closes them in reverse. Imported
 * by nobody.
 */
@NullMarked
package dev.rivulet;

import org.jspecify.annotations.NullMarked;
