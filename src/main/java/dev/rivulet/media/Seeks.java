package dev.rivulet.media;

/**
 * What looking for frames in the middle of a source found.
 *
 * @param farthest most seconds that a place lay behind the keyframe that it is decoded from
 * @param exact whether no place was answered with a later one
 */
public record Seeks(Rational farthest, boolean exact) {
    /** Nothing was looked for: the source is read from its beginning anyway. */
    public static final Seeks NONE = new Seeks(Rational.ZERO, true);
}
