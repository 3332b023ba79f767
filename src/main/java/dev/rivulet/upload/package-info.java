/**
 * The first stage: receives bytes, makes them durable, writes the video's row, answers. Also the front door, because what
 * receives uploads is what listens. May use every package below the stages.
 */
@NullMarked
package dev.rivulet.upload;

import org.jspecify.annotations.NullMarked;
