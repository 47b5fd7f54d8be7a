package dev.freshpyc.perf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A column of numbers is aligned to the right, a column of text to the left, on a terminal and in Markdown. */
class TableTest {

    private static final Table TABLE = Table.of("command", "state", "ms", "saved")
            .with(List.of("hg", "as-is", "90.5", "-1.5"))
            .with(List.of("ansible", "no cache", "1,200.0", "not measured"));

    @Test
    void aColumnWithoutANumberIsText() {
        assertThat(TABLE.markdown().lines()).element(1).isEqualTo("| --- | --- | ---: | ---: |");
        assertThat(TABLE.toString().lines())
                .containsExactly(
                        "command  state          ms         saved",
                        "hg       as-is        90.5          -1.5",
                        "ansible  no cache  1,200.0  not measured");
    }

    @Test
    void inATableWithoutRowsOnlyTheFirstColumnIsText() {
        assertThat(Table.of("ratio", "of medians").markdown()).isEqualTo("| ratio | of medians |\n| --- | ---: |\n");
    }
}
