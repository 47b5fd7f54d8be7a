package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A directory that several path entries reach is scanned for one entry only; an unusable entry is refused. */
class EntryTest extends TreeScannerContract {

    @Test
    void anEntryInsideAnotherEntryIsScannedOnce() throws Exception {
        tree.pairs("a", "lib/b", "lib/sub/c");

        assertThat(scan(tree.root(), tree.at("lib")).pairsByEntry())
                .containsExactly("0: " + pair("a"), "1: " + pair("b"), "1: " + pair("sub/c"));
        assertThat(scan(tree.at("lib"), tree.root()).pairsByEntry())
                .containsExactly("0: " + pair("b"), "0: " + pair("sub/c"), "1: " + pair("a"));
    }

    @Test
    void anEntryGivenTwiceIsScannedOnce() throws Exception {
        tree.pairs("a");
        Path link = outside("links").link("again", tree.root()).at("again");

        assertThat(scan(tree.root(), tree.root(), link, tree.at("."), tree.at("../tree"))
                        .pairsByEntry())
                .containsExactly("0: " + pair("a"));
    }

    @Test
    void aLinkToAnotherEntryIsNotFollowed() throws Exception {
        Tree other = outside("other").pairs("b");
        tree.pairs("a").link("link", other.root());

        assertThat(scan(tree.root(), other.root()).pairsByEntry())
                .containsExactly("0: " + pair("a"), "1: " + pair("b"));
    }

    @Test
    void aDirectoryThatTwoEntriesLinkToIsScannedForTheFirstEntry() throws Exception {
        Tree real = outside("real").pairs("x");
        Tree other = outside("other").link("aaa", real.root());
        tree.link("zzz", real.root());

        assertThat(scan(tree.root(), other.root()).pairsByEntry()).containsExactly("0: " + pair("zzz/x"));
    }

    @Test
    void anEntryThatIsNoDirectoryIsRefusedAndTheOthersAreScanned() throws Exception {
        tree.pairs("a").link("loop", "loop");

        Scan scan = scan(tree.at("none"), tree.at("a.py"), tree.at("loop"), tree.root());

        assertThat(scan.refusals()).containsExactly(". ELOOP", ". ENOENT", ". ENOTDIR");
        assertThat(scan.pairsByEntry()).containsExactly("3: " + pair("a"));
    }

    /** Java reports {@code ENOENT} where the system reports {@code ENOTDIR}. */
    @Test
    void anEntryBelowAFileIsRefused() throws Exception {
        tree.pairs("a");

        assertThat(scan(tree.at("a.py/x")).refusals()).first().asString().matches("\\. (ENOENT|ENOTDIR)");
    }

    @Test
    void emptyAndTooLongEntriesAreRefused() throws Exception {
        Scan scan = scan(Path.of(""), tree.at("x".repeat(256)), tree.at("y/".repeat(3000)));

        assertThat(scan.refusals()).containsExactly(". ENAMETOOLONG", ". ENAMETOOLONG", ". ENOENT");
    }

    @Test
    void aScanWithoutEntriesSeesNothing() throws Exception {
        assertThat(Scan.of(files(), ScanOptions.defaults()).pairs()).isEmpty();
    }

    @Test
    void aRelativeEntryIsResolvedAgainstTheWorkingDirectory() throws Exception {
        tree.pairs("a");
        Path relative = Path.of("").toAbsolutePath().relativize(tree.root());

        assertThat(scan(relative).pairs()).containsExactly(pair("a"));
    }

    @Test
    void slashesAndDotsAtTheEndOfAnEntryAreIgnored() throws Exception {
        tree.pairs("pkg/a");

        assertThat(Scan.ofPaths(files(), tree.root() + "//", tree.root() + "/pkg/./")
                        .pairsByEntry())
                .containsExactly("1: " + pair("a"));
    }

    @Test
    void manyEntriesAreScanned() throws Exception {
        Path[] entries = new Path[300];
        for (int i = 0; i < entries.length; i++) {
            tree.pairs("e" + i + "/a");
            entries[i] = tree.at("e" + i);
        }

        assertThat(scan(entries).pairs()).hasSize(300);
    }
}
