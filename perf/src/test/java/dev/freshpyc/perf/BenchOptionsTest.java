package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of the benches. */
class BenchOptionsTest {

    @Test
    void withoutOptionsATreeIsBuilt() {
        BenchOptions options = BenchOptions.parse();

        assertThat(options.tree()).isNull();
        assertThat(options.subject()).isNull();
        assertThat(options.pairs()).isEqualTo(14_000);
        assertThat(options.runs()).isEqualTo(11);
    }

    @Test
    void largeSetsTheNumberOfPairs() {
        assertThat(BenchOptions.parse("--large").pairs()).isEqualTo(BenchOptions.LARGE_PAIRS);
    }

    @Test
    void theSubjectCommandIsSplitIntoWords() {
        assertThat(BenchOptions.parse("--subject", "find TREE -name  *.pyc").subject())
                .containsExactly("find", "TREE", "-name", "*.pyc");
    }

    @ParameterizedTest
    @CsvSource({
        "--nope, unknown option --nope",
        "--pairs, --pairs needs a value",
        "--runs 0, '--runs needs a number from 1 to 9999999, not 0'",
        "--pairs many, '--pairs needs a number from 1 to 9999999, not many'",
        "--large --tree /usr, '--large builds its own trees: leave --tree out'",
    })
    void aWrongOptionGivesAMessageOfOneLine(String words, String message) {
        assertThatThrownBy(() -> BenchOptions.parse(words.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
