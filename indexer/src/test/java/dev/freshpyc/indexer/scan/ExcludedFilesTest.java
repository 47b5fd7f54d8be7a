package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Excluded files are not shown, and excluded directories are not scanned. */
class ExcludedFilesTest extends TreeScannerContract {

    @BeforeEach
    void build() throws Exception {
        tree.pairs("a", "pkg/b", "pkg/tests/c", "tests/d", "tests/deep/e")
                .sources("l.py")
                .pycs("l.pyc");
    }

    @Test
    void aNameExcludesDirectoriesAtEveryDepth() throws Exception {
        assertThat(scan(excluding("tests")).pairs()).containsExactly(pair("a"), "l.py <- l.pyc", pair("pkg/b"));
    }

    @Test
    void aPathIsRelativeToItsEntry() throws Exception {
        assertThat(scan(excluding("pkg/tests", "tests/*")).pairs())
                .containsExactly(pair("a"), "l.py <- l.pyc", pair("pkg/b"));
        assertThat(scan(excluding("pkg/tests"), tree.at("pkg")).pairs()).containsExactly(pair("b"), pair("tests/c"));
    }

    @Test
    void twoStarsMatchAcrossDirectories() throws Exception {
        assertThat(scan(excluding("**/tests")).pairs()).hasSize(3);
        assertThat(scan(excluding("tests/**/*.pyc")).pairs())
                .containsExactly(pair("a"), "l.py <- l.pyc", pair("pkg/b"), pair("pkg/tests/c"));
    }

    @Test
    void thePycsOfAnExcludedSourceAreExcluded() throws Exception {
        assertThat(scan(excluding("[a-c].py")).pairs())
                .containsExactly("l.py <- l.pyc", pair("tests/d"), pair("tests/deep/e"));
    }

    @Test
    void aPycIsExcludedByItsOwnName() throws Exception {
        assertThat(scan(excluding("*.cpython-311.pyc")).pairs()).containsExactly("l.py <- l.pyc");
        assertThat(scan(excluding("l.pyc")).pairs()).doesNotContain("l.py <- l.pyc");
        assertThat(scan(excluding("__pycache__")).pairs()).containsExactly("l.py <- l.pyc");
    }

    @Test
    void noPycIsExpectedForAnExcludedSource() throws Exception {
        var options =
                options(2, Optional.empty(), List.of(expected("cpython-39", "")), Exclusions.of(List.of("[a-k].py")));

        assertThat(scan(options).pairs()).containsExactly("l.py <- -", "l.py <- l.pyc");
    }

    @Test
    void anExcludedDirectoryIsNotScanned() throws Exception {
        assertThat(scan(excluding("tests", "pkg")).finished()).containsExactly(".");
    }

    @Test
    void aLinkIsExcludedByItsOwnName() throws Exception {
        tree.link("link", outside("real").pairs("x").root());

        assertThat(scan(excluding("link")).pairs()).doesNotContain(pair("link/x"));
    }
}
