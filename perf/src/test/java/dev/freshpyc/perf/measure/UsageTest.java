package dev.freshpyc.perf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses the line that {@code measure.c} prints. */
class UsageTest {

    @Test
    void theLineIsParsed() {
        Usage usage = Usage.parse("wall_ns=173246465 user_us=14139 system_us=123717 peak_kib=1512 status=0\n");

        assertThat(usage).isEqualTo(new Usage(173_246_465, 14_139, 123_717, 1_512, 0));
        assertThat(usage.wallMillis()).isEqualTo(173.246465);
        assertThat(usage.cpuMillis()).isEqualTo(137.856);
        assertThat(usage.peakMegabytes()).isEqualTo(1.548288);
    }

    @Test
    void fieldsAreParsedInAnyOrderAndOtherWordsAreIgnored() {
        Usage usage = Usage.parse("status=137 peak_kib=4 new=1 system_us=3 said user_us=2 wall_ns=1");

        assertThat(usage).isEqualTo(new Usage(1, 2, 3, 4, 137));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "measure: fork: no memory", "wall_ns=1 user_us=2 system_us=3 peak_kib=x status=0"})
    void otherLinesAreRefused(String line) {
        assertThatThrownBy(() -> Usage.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" in: " + line);
    }

    @Test
    void aNumberThatDoesNotFitALongIsRefused() {
        assertThatThrownBy(() -> Usage.field(Usage.fields("n=99999999999999999999"), "n", "n=99999999999999999999"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no n in");
    }
}
