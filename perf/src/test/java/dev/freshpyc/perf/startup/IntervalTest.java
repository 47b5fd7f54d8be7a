package dev.freshpyc.perf.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.perf.measure.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks intervals and outliers of samples. */
class IntervalTest {

    private static final Sample LOW = new Sample(List.of(10.0, 11.0, 12.0, 10.5, 11.5, 10.2));
    private static final Sample HIGH = new Sample(List.of(20.0, 21.0, 22.0, 20.5, 21.5, 20.2));
    private static final Sample WIDE = new Sample(List.of(5.0, 30.0, 11.0, 12.0, 28.0, 6.0));

    @Test
    void equalTimesGiveEqualIntervals() {
        assertThat(Interval.of(WIDE)).isEqualTo(Interval.of(WIDE));
    }

    @Test
    void theMedianLiesInTheInterval() {
        for (Sample sample : List.of(LOW, HIGH, WIDE)) {
            Interval interval = Interval.of(sample);
            assertThat(interval.median()).isBetween(interval.low(), interval.high());
            assertThat(interval.low()).isGreaterThanOrEqualTo(sample.min());
            assertThat(interval.high()).isLessThanOrEqualTo(sample.max());
        }
    }

    @Test
    void onlyIntervalsThatShareAValueOverlap() {
        assertThat(Interval.of(LOW).overlaps(Interval.of(HIGH))).isFalse();
        assertThat(Interval.of(HIGH).overlaps(Interval.of(LOW))).isFalse();
        assertThat(Interval.of(LOW).overlaps(Interval.of(WIDE))).isTrue();
    }

    @Test
    void aValueFarFromTheOthersIsAnOutlier() {
        assertThat(Spread.of(LOW).outliers()).isZero();
        assertThat(Spread.of(new Sample(List.of(10.0, 10.1, 10.2, 10.3, 10.4, 90.0)))
                        .outliers())
                .isEqualTo(1);
        assertThat(Spread.of(new Sample(List.of(2.0, 4.0))).deviation()).isEqualTo(Math.sqrt(2));
    }
}
