package dev.rivulet.media;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact fraction in lowest terms with a positive denominator. Every time and rate is one: seconds rounded to
 * milliseconds drift by seconds within an hour of segments.
 *
 * @param num the numerator
 * @param den the denominator, at least 1
 */
public record Rational(long num, long den) implements Comparable<Rational> {
    public static final Rational ZERO = new Rational(0, 1);
    public static final Rational ONE = new Rational(1, 1);

    /** @throws ArithmeticException when {@code den} is 0, or one of them has no opposite */
    public Rational {
        if (den == 0) {
            throw new ArithmeticException("a fraction needs a denominator other than 0");
        }
        if (num == Long.MIN_VALUE || den == Long.MIN_VALUE) {
            throw new ArithmeticException("a fraction needs an opposite");
        }
        long divisor = gcd(Math.abs(num), Math.abs(den)) * (den < 0 ? -1 : 1);
        num /= divisor;
        den /= divisor;
    }

    public static Rational of(long whole) {
        return new Rational(whole, 1);
    }

    /**
     * Reads {@code 30000/1001}, {@code 25} or {@code 1.467}.
     *
     * @throws NumberFormatException when the text is none of these
     */
    public static Rational parse(String text) {
        int slash = text.indexOf('/');
        if (slash > 0) {
            long den = Long.parseLong(text.substring(slash + 1).trim());
            if (den == 0) {
                throw new NumberFormatException("denominator 0 in " + text);
            }
            return new Rational(Long.parseLong(text.substring(0, slash).trim()), den);
        }
        BigDecimal decimal = new BigDecimal(text.trim()).setScale(9, RoundingMode.HALF_EVEN);
        return narrow(decimal.unscaledValue(), BigInteger.TEN.pow(9));
    }

    public Rational plus(Rational other) {
        return narrow(
                big(num).multiply(big(other.den)).add(big(other.num).multiply(big(den))),
                big(den).multiply(big(other.den)));
    }

    public Rational minus(Rational other) {
        return plus(new Rational(-other.num, other.den));
    }

    public Rational times(Rational other) {
        return narrow(big(num).multiply(big(other.num)), big(den).multiply(big(other.den)));
    }

    public Rational times(long factor) {
        return times(of(factor));
    }

    /** @throws ArithmeticException when {@code other} is zero */
    public Rational dividedBy(Rational other) {
        return times(new Rational(other.den, other.num));
    }

    public Rational max(Rational other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Rational min(Rational other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public int signum() {
        return Long.signum(num);
    }

    /** The nearest whole number, halves upwards. */
    public long round() {
        return Math.floorDiv(Math.addExact(Math.multiplyExact(num, 2), den), Math.multiplyExact(den, 2));
    }

    public long floor() {
        return Math.floorDiv(num, den);
    }

    public long ceil() {
        return -Math.floorDiv(-num, den);
    }

    public double toDouble() {
        return (double) num / den;
    }

    /** The value with exactly {@code digits} decimals, as ffmpeg options and playlists want it. */
    public String toDecimal(int digits) {
        return new BigDecimal(num)
                .divide(new BigDecimal(den), digits, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** As ffmpeg writes rates: {@code num/den}. */
    @Override
    public String toString() {
        return num + "/" + den;
    }

    @Override
    public int compareTo(Rational other) {
        return big(num).multiply(big(other.den)).compareTo(big(other.num).multiply(big(den)));
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static Rational narrow(BigInteger num, BigInteger den) {
        BigInteger divisor = num.gcd(den);
        return new Rational(
                num.divide(divisor).longValueExact(), den.divide(divisor).longValueExact());
    }

    private static long gcd(long a, long b) {
        return b == 0 ? Math.max(a, 1) : gcd(b, a % b);
    }
}
