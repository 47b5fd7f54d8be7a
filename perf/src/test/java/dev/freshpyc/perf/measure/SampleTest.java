package dev.freshpyc.perf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshpyc.perf.measure.Sample.Ratio;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks medians and ratios of a few runs. */
class SampleTest {

    @Test
    void theMedianOfAnOddNumberOfRunsIsTheMiddleRun() {
        Sample sample = sample(9, 1, 5);

        assertThat(sample.min()).isEqualTo(1);
        assertThat(sample.median()).isEqualTo(5);
        assertThat(sample.max()).isEqualTo(9);
    }

    @Test
    void theMedianOfAnEvenNumberOfRunsIsTheMeanOfTheMiddleTwo() {
        assertThat(sample(8, 1, 4, 2).median()).isEqualTo(3);
    }

    @Test
    void theMedianOfOneRunIsThatRun() {
        assertThat(sample(7).median()).isEqualTo(7);
    }

    @Test
    void oneSlowRunDoesNotChangeTheMedian() {
        assertThat(sample(10, 11, 9_000, 10, 11).median()).isEqualTo(11);
    }

    @Test
    void pairsAreDividedRoundByRound() {
        assertThat(sample(2, 9, 8).pairwiseTo(sample(4, 3, 2)).values()).containsExactly(0.5, 3.0, 4.0);
    }

    @Test
    void pairsAreSubtractedRoundByRound() {
        assertThat(sample(2, 9, 8).pairwiseMinus(sample(4, 3, 2)).values()).containsExactly(-2.0, 6.0, 6.0);
    }

    /**
     * The machine becomes three times slower during the run, which changes the ratio of medians but not the ratios of pairs.
     */
    @Test
    void aRatioIsTheLargerOfTheRatiosByMediansAndByPairs() {
        Ratio ratio = Ratio.of(sample(10, 30, 30), sample(20, 20, 60));

        assertThat(ratio.ofMedians()).isEqualTo(1.5);
        assertThat(ratio.medianOfPairs()).isCloseTo(0.5, within(1e-9));
        assertThat(ratio.larger()).isEqualTo(1.5);
    }

    @Test
    void unequalNumbersOfRunsAreRefused() {
        assertThatThrownBy(() -> sample(1, 2).pairwiseTo(sample(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 runs against 1");
    }

    /** Long programs run less often than short programs. */
    @Test
    void aRatioOfUnequalNumbersOfRunsIsTheRatioOfTheMedians() {
        assertThat(Ratio.of(sample(30), sample(10, 20, 15))).isEqualTo(new Ratio(2, 2));
    }

    @Test
    void aSampleWithoutRunsIsRefused() {
        assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Sample sample(double... values) {
        return new Sample(Arrays.stream(values).boxed().toList());
    }
}
