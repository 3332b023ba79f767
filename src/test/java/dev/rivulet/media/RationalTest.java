package dev.rivulet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RationalTest {
    private static final int TRIES = 2000;

    @ParameterizedTest
    @CsvSource({
        "30000/1001, 30000, 1001",
        "50/2, 25, 1",
        "25, 25, 1",
        "1.467, 1467, 1000",
        "-0.021333, -21333, 1000000",
        "0/7, 0, 1",
        "-6/-4, 3, 2",
        "6/-4, -3, 2",
        "' 3 / 9 ', 1, 3",
        "1e3, 1000, 1",
        "0.0000000004, 0, 1"
    })
    void readsFractionsWholesAndDecimals(String text, long num, long den) {
        Rational value = Rational.parse(text);

        assertThat(value.num()).isEqualTo(num);
        assertThat(value.den()).isEqualTo(den);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "N/A", "1/0", "0/0", "1/", "/1", "1/2/3", "nan", "inf", "99999999999999999999/1", "1:2"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> Rational.parse(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void isAlwaysInLowestTermsWithAPositiveDenominator() {
        Random random = new Random(1);
        for (int i = 0; i < TRIES; i++) {
            long den = random.nextInt() | 1;
            Rational value = new Rational(random.nextInt(), den);

            assertThat(value.den()).isPositive();
            assertThat(new Rational(value.num() * 7, value.den() * 7)).isEqualTo(value);
            assertThat(new Rational(-value.num(), -value.den()))
                    .isEqualTo(value)
                    .hasSameHashCodeAs(value);
        }
    }

    @Test
    void calculatesAsFractionsDo() {
        Random random = new Random(2);
        for (int i = 0; i < TRIES; i++) {
            Rational a = small(random);
            Rational b = small(random);
            Rational c = small(random);

            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.plus(b).minus(b)).isEqualTo(a);
            assertThat(a.times(b.plus(c))).isEqualTo(a.times(b).plus(a.times(c)));
            assertThat(a.compareTo(b))
                    .isEqualTo(-b.compareTo(a))
                    .isEqualTo(a.minus(b).signum());
            assertThat(a.max(b)).isEqualTo(b.max(a)).isGreaterThanOrEqualTo(a.min(b));
            if (b.signum() != 0) {
                assertThat(a.times(b).dividedBy(b)).isEqualTo(a);
            }
        }
    }

    @Test
    void roundingIsWithinAHalfAndFloorAndCeilEnclose() {
        Random random = new Random(3);
        for (int i = 0; i < TRIES; i++) {
            Rational a = small(random);

            assertThat(Rational.of(a.floor())).isLessThanOrEqualTo(a);
            assertThat(Rational.of(a.ceil())).isGreaterThanOrEqualTo(a);
            assertThat(a.ceil() - a.floor()).isEqualTo(a.den() == 1 ? 0 : 1);
            assertThat(a.minus(Rational.of(a.round()))).isBetween(new Rational(-1, 2), new Rational(1, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"1/2, 1", "-1/2, 0", "3/2, 2", "-3/2, -1", "1/3, 0", "2/3, 1", "-2/3, -1"})
    void halvesAreRoundedUpwards(String value, long rounded) {
        assertThat(Rational.parse(value).round()).isEqualTo(rounded);
    }

    @Test
    void whatDoesNotFitIsAnErrorAndNeverAWrongNumber() {
        Rational huge = Rational.of(Long.MAX_VALUE);

        assertThatThrownBy(() -> huge.plus(Rational.ONE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> huge.times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> huge.round()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Rational.ONE.dividedBy(Rational.ZERO)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Rational(1, 0)).isInstanceOf(ArithmeticException.class);
        assertThat(huge.plus(Rational.ONE.minus(Rational.ONE))).isEqualTo(huge);
        assertThat(new Rational(Long.MAX_VALUE, 3).times(3)).isEqualTo(huge);
    }

    @Test
    void theOneLongWithoutAnOppositeIsRefused() {
        Rational smallest = Rational.of(-Long.MAX_VALUE);

        assertThatThrownBy(() -> Rational.of(Long.MIN_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Rational(1, Long.MIN_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> smallest.minus(Rational.ONE)).isInstanceOf(ArithmeticException.class);
        assertThat(Rational.ZERO.minus(smallest)).isEqualTo(Rational.of(Long.MAX_VALUE));
    }

    @Test
    void comparesWithoutOverflow() {
        assertThat(new Rational(Long.MAX_VALUE, 2)).isGreaterThan(new Rational(Long.MAX_VALUE - 2, 2));
        assertThat(new Rational(1, Long.MAX_VALUE)).isGreaterThan(Rational.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "1001/30000, 6, 0.033367",
        "3003/1000, 3, 3.003",
        "2, 6, 2.000000",
        "-1/2, 1, -0.5",
        "2/3, 6, 0.666667",
        "100000000, 6, 100000000.000000",
        "1/10000000, 6, 0.000000"
    })
    void writesExactlyTheDecimalsWanted(String value, int digits, String text) {
        assertThat(Rational.parse(value).toDecimal(digits)).isEqualTo(text);
    }

    @Test
    void writesItselfAsFfmpegWritesRates() {
        assertThat(new Rational(60000, 2002)).hasToString("30000/1001");
    }

    private static Rational small(Random random) {
        return new Rational(random.nextInt(200_001) - 100_000, random.nextInt(5000) + 1);
    }
}
