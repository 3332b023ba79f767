/** Tests of the upload stage. */
@NullMarked
package dev.rivulet.upload;

import org.jspecify.annotations.NullMarked;
