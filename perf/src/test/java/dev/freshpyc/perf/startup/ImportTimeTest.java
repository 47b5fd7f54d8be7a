package dev.freshpyc.perf.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks which lines of {@code -X importtime} are read, and how. */
class ImportTimeTest {

    @Test
    void bothFormsOfTheImportReportAreRead() {
        assertThat(ImportTime.parse("import time:      1111 |      19813 |   json.decoder"))
                .contains(new ImportTime("json.decoder", 1, 1111, 19813));
        assertThat(ImportTime.parse("import time: cached    | cached     |   builtins"))
                .isEmpty();
        assertThat(ImportTime.parse("import time: self [us] | cumulative | imported package"))
                .isEmpty();
    }

    @Test
    void aModuleMayHaveAnyName() {
        assertThat(ImportTime.parse("import time:       100 |        200 |     my mod | x"))
                .contains(new ImportTime("my mod | x", 2, 100, 200));
    }
}
