/**
 * The settings: one record tree, the loader, and the words of its errors. May import media; imported by whoever receives
 * a part of the settings.
 */
@NullMarked
package dev.rivulet.config;

import org.jspecify.annotations.NullMarked;
