package dev.rivulet.ffmpeg;

import dev.rivulet.media.Rational;

/**
 * How a chunk is worked through.
 *
 * @param threads for each decoder and encoder
 * @param leadIn seconds to begin reading before the first frame
 */
public record Pace(int threads, Rational leadIn) {}
