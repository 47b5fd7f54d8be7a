package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.SettledRefresh;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unchanged files that a service judges again. */
class ServedRefreshTest {

    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

    private final Path index;
    private final Path lib;
    private final Path elsewhere;

    ServedRefreshTest(@TempDir Path directory) throws IOException {
        Path real = directory.toRealPath();
        index = real.resolve("index");
        lib = Files.createDirectories(real.resolve("lib"));
        elsewhere = Files.createDirectories(real.resolve("elsewhere"));
        new Pairs(lib).stale("a");
    }

    @Test
    void aStalePairIsJudgedAgainOnceItsContentsAreProven() throws Exception {
        try (ServedTree tree = served(LATER)) {
            tree.refresh().whole();
            assertThat(verdict(tree, "a.py")).isEqualTo("stale");

            new Pairs(lib).fresh("b");
            tree.refresh().changed(List.of(raw(lib.resolve("b.py"))));

            assertThat(verdict(tree, "b.py")).isEqualTo("fresh");
            assertThat(verdict(tree, "a.py")).isEqualTo("needless");
        }
    }

    @Test
    void aProofFromAnotherProcessCountsAtTheNextRefresh() throws Exception {
        try (ServedTree tree = served(LATER)) {
            tree.refresh().whole();
            new Pairs(elsewhere).fresh("b");
            SettledRefresh.run(index, elsewhere);
            assertThat(verdict(tree, "a.py")).isEqualTo("stale");

            tree.refresh().changed(List.of());

            assertThat(verdict(tree, "a.py")).isEqualTo("needless");
        }
    }

    @Test
    void aWholeRefreshReturnsTheUnsettledFiles() throws Exception {
        try (ServedTree tree = served(Clock.systemUTC())) {
            assertThat(tree.refresh().whole()).containsExactly(raw(lib.resolve("a.py")));
        }
        try (ServedTree tree = served(LATER)) {
            assertThat(tree.refresh().whole()).isEmpty();
        }
    }

    private ServedTree served(Clock clock) {
        List<PathEntry> entries = GivenPath.entries(List.of(raw(lib)));
        return ServedTree.of(
                index,
                entries,
                new ScanOptions(1, Optional.empty(), List.of(), Exclusions.NONE, Optional.empty(), clock));
    }

    private String verdict(ServedTree tree, String source) throws IOException {
        return tree
                .served()
                .store()
                .find(raw(lib), List.of(RawPath.of(source)))
                .orElseThrow()
                .records()
                .values()
                .stream()
                .flatMap(record -> record.pycs().stream())
                .map(PycRecord::verdict)
                .map(verdict -> verdict.kind().label())
                .findFirst()
                .orElse("none");
    }

    private static RawPath raw(Path path) {
        return RawPath.of(path.toString());
    }
}
