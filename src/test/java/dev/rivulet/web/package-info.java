/** Tests of the HTTP kit. */
@NullMarked
package dev.rivulet.web;

import org.jspecify.annotations.NullMarked;
