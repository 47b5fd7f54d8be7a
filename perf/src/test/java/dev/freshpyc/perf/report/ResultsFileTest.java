package dev.freshpyc.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that RESULTS.md marks missed claims, and that a section replaces only the section with the same title. */
class ResultsFileTest {

    private static final Section AUDIT = new Section(
            "Audit",
            "`freshpyc audit` against a peer.",
            "2 cores_of <a> machine",
            List.of(
                    new Content.Note("tree of 10|000 pairs"),
                    new Content.Tabled(Table.of("", "ms").with(List.of("audit", "12.5")))),
            List.of(new Claim("audit / peer", 0.25, 0.3, ""), new Claim("audit / floor", 2, 1.5, "")));

    private static final Section GROWTH = new Section(
            "Growth",
            "Time.",
            "machine",
            List.of(new Content.Picture("growth.svg", "Time [s]", "<svg/>")),
            List.of(Claim.atLeast("rate", 5, 4, "/s")));

    private final Path folder;
    private final ResultsFile file;

    ResultsFileTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = new ResultsFile(folder, List.of("Audit", "Repair", "Growth"), "java -m results");
    }

    private String written() throws IOException {
        return Files.readString(folder.resolve("RESULTS.md"));
    }

    @Test
    void aSectionHasItsFiguresAndEachClaimWithItsJudgement() throws IOException {
        file.put(AUDIT);

        assertThat(written())
                .contains("java -m results", "1 claims are held, 1 are missed.")
                .endsWith("""
                        ## Audit

                        `freshpyc audit` against a peer.

                        2 cores\\_of &lt;a> machine

                        tree of 10\\|000 pairs

                        |  | ms |
                        | --- | ---: |
                        | audit | 12.5 |

                        | claim | | measured | claimed |
                        | --- | --- | ---: | ---: |
                        | audit / peer | held | 0.25 | at most 0.30 |
                        | audit / floor | **missed** | 2.00 | at most 1.50 |
                        """);
    }

    @Test
    void aSectionReplacesTheSectionWithItsTitleAndKeepsTheOrder() throws IOException {
        file.put(GROWTH);
        file.put(AUDIT);
        file.put(Section.unmeasured("Audit", "Again.", "machine", "there is no python3"));

        assertThat(written())
                .containsSubsequence(
                        "## Audit", "This could not be measured here: there is no python3", "## Growth", "![Time ")
                .contains("(results/growth.svg)", "1 claims are held, 0 are missed.")
                .doesNotContain("12.5");
        assertThat(folder.resolve("results/growth.svg")).hasContent("<svg/>");
    }
}
