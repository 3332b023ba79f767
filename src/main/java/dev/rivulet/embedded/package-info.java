/**
 * What a single machine brings along: PostgreSQL, Redis and ffmpeg, unpacked into the data folder and run from there.
 * Everything blocks and is called before the verticles are deployed, never on an event loop. May import config and the
 * record of ffmpeg; imported by {@code Main} alone.
 */
@NullMarked
package dev.rivulet.embedded;

import org.jspecify.annotations.NullMarked;
