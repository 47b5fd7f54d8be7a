package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResultsOptionsTest {

    @Test
    void allSectionsAreMeasuredByDefault() {
        ResultsOptions options = ResultsOptions.parse("--pairs", "20");

        assertThat(options.only()).containsExactlyInAnyOrder(ResultsPart.values());
        assertThat(options.growth()).isEqualTo(1_000_000);
        assertThat(options.others()).containsExactly("--pairs", "20");
    }

    @Test
    void onlyTheNamedSectionsAreMeasured() {
        ResultsOptions options =
                ResultsOptions.parse("--only", "audit,entry-points", "--growth", "14000", "--output", "out");

        assertThat(options.only()).containsExactlyInAnyOrder(ResultsPart.AUDIT, ResultsPart.ENTRY_POINTS);
        assertThat(options.growth()).isEqualTo(14_000);
        assertThat(options.folder()).isEqualTo(Path.of("out"));
    }

    @Test
    void eachSectionMeasuresTreesOfTheSizeInItsClaims() {
        assertThat(ResultsPart.PROOFS.pairs(14_000, 1_000_000)).isEqualTo(14_000);
        assertThat(ResultsPart.PROOFS_LARGE.pairs(14_000, 1_000_000)).isEqualTo(100_000);
        assertThat(ResultsPart.HOOKS.pairs(14_000, 1_000_000)).isEqualTo(50_000);
        assertThat(ResultsPart.GROWTH_IN_MEMORY.pairs(14_000, 1_000_000)).isEqualTo(1_000_000);
        assertThat(ResultsPart.HOOKS.pairs(14_000, 2_000)).isEqualTo(2_000);
    }

    @Test
    void theRefusalOfAnUnknownSectionListsTheKnownSections() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultsOptions.parse("--only", "audits"))
                .withMessageStartingWith("no section audits, but: audit, refresh, repair,");
        assertThatIllegalArgumentException().isThrownBy(() -> ResultsOptions.parse("--growth"));
    }
}
