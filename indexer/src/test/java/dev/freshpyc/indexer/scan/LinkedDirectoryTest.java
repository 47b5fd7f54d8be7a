package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A scan follows symbolic links to directories, scans each directory once, and ends in spite of cycles. */
class LinkedDirectoryTest extends TreeScannerContract {

    @Test
    void aDirectoryOutsideTheEntryIsScannedUnderTheNameOfItsLink() throws Exception {
        Tree real = outside("real").pairs("a", "sub/b");
        tree.link("linked", real.root());

        assertThat(scan().pairs()).containsExactly(pair("linked/a"), pair("linked/sub/b"));
    }

    @Test
    void aDirectoryInsideTheEntryKeepsItsOwnName() throws Exception {
        tree.pairs("zzz/a").link("aaa", "zzz").link("mmm/link", "../zzz");

        Scan scan = scan();

        assertThat(scan.pairs()).containsExactly(pair("zzz/a"));
        assertThat(scan.finished()).containsExactly(".", "mmm", "zzz");
    }

    @Test
    void cyclesOfLinksEnd() throws Exception {
        tree.pairs("p/q/a")
                .link("p/q/parent", "..")
                .link("p/self", ".")
                .link("p/root", "../..")
                .link("loop", "loop");
        tree.link("p/q/here", tree.at("p/q"));

        Scan scan = scan();

        assertThat(scan.pairs()).contains(pair("p/q/a")).hasSize(1);
        assertThat(scan.refusals()).isEmpty();
    }

    @Test
    void twoTreesThatLinkToEachOtherAreScannedOnce() throws Exception {
        Tree other = outside("other").pairs("b").link("back", tree.root());
        tree.pairs("a").link("forth", other.root());

        assertThat(scan().pairs()).containsExactly(pair("a"), pair("forth/b"));
    }

    /** The order in which the workers find the links does not matter. */
    @RepeatedTest(5)
    void aDirectoryWithSeveralLinksIsScannedUnderTheFirstPath() throws Exception {
        Tree real = outside("real").pairs("a");
        tree.link("b/link", real.root()).link("a/z/link", real.root()).link("c", real.root());
        for (int i = 0; i < 4; i++) {
            tree.directories("a/" + i + "/deep", "d" + i + "/deep");
        }

        assertThat(scan(workers(8)).pairs()).containsExactly(pair("a/z/link/a"));
    }

    @RepeatedTest(3)
    void aDirectoryInsideALinkedDirectoryIsScannedWithItsParent() throws Exception {
        Tree real = outside("real").pairs("sub/a");
        tree.link("aaa", real.root()).link("bbb", real.at("sub"));

        assertThat(scan(workers(8)).pairs()).containsExactly(pair("aaa/sub/a"));
    }

    @Test
    void aChainOfLinksIsFollowed() throws Exception {
        Tree real = outside("real").pairs("a");
        tree.link("one", "two").link("two", "three").link("three", real.root());

        assertThat(scan().pairs()).containsExactly(pair("one/a"));
    }

    @Test
    void linksToFilesOrWithoutTargetsAreIgnored() throws Exception {
        tree.sources("text").link("dangling", "none").link("file", "text").link("below-file", "text/x");

        Scan scan = scan();

        assertThat(scan.refusals()).isEmpty();
        assertThat(scan.finished()).containsExactly(".");
    }

    @Test
    void anEntryThatIsALinkIsScanned() throws Exception {
        tree.pairs("a");
        Tree links = outside("links").link("entry", tree.root());

        assertThat(scan(links.at("entry")).pairs()).containsExactly(pair("a"));
    }

    @Test
    void aDirectoryWithHundredsOfLinksIsScannedOnce() throws Exception {
        Tree real = outside("real").pairs("a");
        for (int i = 0; i < 300; i++) {
            tree.link("l" + i, real.root());
        }

        assertThat(scan().pairs()).isEqualTo(List.of(pair("l0/a")));
    }
}
