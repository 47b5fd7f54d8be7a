package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshpyc.perf.FreshpycCommands.RefreshCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts in the output of {@code refresh --format json}. */
class RefreshCountsTest {

    @Test
    void countsAreReadInAnyOrder() {
        String json = """
                {"tool":"freshpyc", "hashed_bytes" : 5000000000,
                 "seen":7,"reused":3,"hashed":4,"changed":2,"verdicts":{"fresh":7}}
                """;

        assertThat(RefreshCounts.parse(json)).isEqualTo(new RefreshCounts(7, 3, 4, 5_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"seen\":1,\"reused\":1,\"hashed\":1}",
                "{\"seen\":1,\"reused\":1,\"hashed\":1,\"hashed_bytes\":-1}",
                "{\"seen\":1,\"reused\":1,\"hashed\":1,\"hashed_bytes\":1234567890123456789}",
            })
    void outputWithoutACountIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefreshCounts.parse(json))
                .withMessageMatching("no (seen|hashed_bytes) in: .*");
    }
}
