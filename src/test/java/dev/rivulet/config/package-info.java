/** Tests of the settings. */
@NullMarked
package dev.rivulet.config;

import org.jspecify.annotations.NullMarked;
