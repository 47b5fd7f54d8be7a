package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycHeader;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A pyc's directory and name decide which source the pyc belongs to. */
class LayoutTest extends TreeScannerContract {

    @Test
    void aPycInACacheDirectoryBelongsToTheSourceOfItsName() throws Exception {
        tree.pairs("a", "pkg/b", "pkg/sub/c");

        assertThat(scan().pairs()).containsExactly(pair("a"), pair("pkg/b"), pair("pkg/sub/c"));
    }

    @Test
    void allTagsAndLevelsOfASourceAreShown() throws Exception {
        tree.sources("a.py")
                .pycs(
                        "__pycache__/a.cpython-311.pyc",
                        "__pycache__/a.cpython-311.opt-1.pyc",
                        "__pycache__/a.cpython-39.opt-2.pyc",
                        "__pycache__/a.pypy311.opt-x7.pyc");

        assertThat(scan().seen())
                .allSatisfy(seen -> assertThat(seen.source()).isEqualTo("a.py"))
                .extracting(seen -> seen.tag() + ":" + seen.level())
                .containsExactlyInAnyOrder("cpython-311:", "cpython-311:1", "cpython-39:2", "pypy311:x7");
    }

    @Test
    void anObservationHoldsHeaderStampAndPlacement() throws Exception {
        tree.pairs("a");
        Object inode = Files.getAttribute(tree.at("a.py"), "unix:ino");
        Object device = Files.getAttribute(tree.at("a.py"), "unix:dev");
        var observation = scan().only().observation();

        assertThat(observation.placement()).isEqualTo(Placement.CACHE);
        assertThat(observation.pyc())
                .isInstanceOfSatisfying(
                        PycState.Read.class,
                        read -> assertThat(read.header())
                                .isInstanceOfSatisfying(PycHeader.Timestamped.class, header -> {
                                    assertThat(header.magic().number()).isEqualTo(3495);
                                    assertThat(header.layout()).isEqualTo(HeaderLayout.FLAGS);
                                    assertThat(header.mtime()).isEqualTo(1_700_000_000);
                                }));
        assertThat(observation.source()).isInstanceOfSatisfying(SourceState.Present.class, source -> {
            assertThat(source.stamp().size()).isEqualTo(6);
            assertThat(source.stamp().inode()).isEqualTo(inode);
            assertThat(source.stamp().device()).isEqualTo(device);
        });
    }

    @Test
    void aLegacyPycBelongsToTheSourceBesideIt() throws Exception {
        tree.sources("a.py").pycs("a.pyc", "b.pyc");

        assertThat(scan().pairs()).containsExactly("- <- b.pyc", "a.py <- a.pyc");
        assertThat(scan().seen()).allSatisfy(seen -> {
            assertThat(seen.observation().placement()).isEqualTo(Placement.LEGACY);
            assertThat(seen.tag()).isEqualTo("-");
        });
    }

    @Test
    void aPycWithoutASourceIsAnOrphan() throws Exception {
        tree.pycs("pkg/__pycache__/gone.cpython-311.pyc");

        assertThat(scan().pairs()).containsExactly("- <- pkg/__pycache__/gone.cpython-311.pyc");
    }

    @Test
    void aPycWithoutATagBelongsToNoSource() throws Exception {
        tree.sources("a.py", ".py").pycs("__pycache__/a.pyc", "__pycache__/.pyc", "__pycache__/..pyc");

        assertThat(scan().pairs()).containsExactly("- <- __pycache__/..pyc", "- <- __pycache__/a.pyc");
        assertThat(scan().seen())
                .allSatisfy(seen -> assertThat(seen.observation().placement()).isEqualTo(Placement.UNTAGGED));
    }

    @Test
    void aStemWithDotsIsMatchedWhole() throws Exception {
        tree.pairs("a.b", "x.cpython-39").sources("a.py");

        assertThat(scan().pairs()).containsExactly(pair("a.b"), pair("x.cpython-39"));
    }

    @Test
    void filesWithSimilarNamesAreIgnored() throws Exception {
        tree.sources("a.PY", "a.py.bak", "apy", "__pycache__/inside.py");
        tree.pycs("a.pyx", "a.PYC", "__pycache__/a.cpython-311.pyc.140", "__pycache__/a.cpython-311.PYO");
        tree.pycs("__pycache__/deeper/b.cpython-311.pyc");

        assertThat(scan().pairs()).isEmpty();
    }

    /** A directory that has the name of a pyc is shown as one, too, since imports ask for that name. */
    @Test
    void directoriesWithTheNamesOfFilesAreScannedAsDirectories() throws Exception {
        tree.pairs("d.py/a", "e.pyc/b").directories("__pycache__/c.cpython-311.pyc");

        assertThat(scan().pairs())
                .containsExactly("- <- __pycache__/c.cpython-311.pyc", "- <- e.pyc", pair("d.py/a"), pair("e.pyc/b"));
    }

    @Test
    void aFileNamedPycacheIsNoCacheDirectory() throws Exception {
        tree.sources("a.py", "__pycache__");

        Scan scan = scan();
        assertThat(scan.pairs()).isEmpty();
        assertThat(scan.refusals()).isEmpty();
    }

    @Test
    void everyDirectoryIsReportedAsFinishedOnce() throws Exception {
        tree.pairs("a", "pkg/b").directories("empty/er");

        assertThat(scan().finished()).containsExactly(".", "empty", "empty/er", "pkg");
    }

    @Test
    void anAbsentExpectedPycIsShownOnceForEachSource() throws Exception {
        tree.pairs("a")
                .sources("b.py")
                .pycs("b.pyc", "__pycache__/gone.cpython-311.pyc")
                .link("dangling.py", "none");

        Scan scan = scan(expecting(expected("cpython-311", ""), expected("cpython-311", "1")));

        assertThat(scan.seen())
                .filteredOn(seen -> seen.pycState() instanceof PycState.Absent)
                .extracting(seen -> seen.pair() + " " + seen.tag() + ":" + seen.level())
                .containsExactlyInAnyOrder(
                        "a.py <- - cpython-311:1", "b.py <- - cpython-311:", "b.py <- - cpython-311:1");
    }

    @Test
    void theNumberOfWorkersDoesNotChangeTheResult() throws Exception {
        for (int i = 0; i < 120; i++) {
            tree.pairs("p" + i % 7 + "/q" + i % 31 + "/m" + i);
        }

        assertThat(scan(workers(16)).pairs())
                .hasSize(120)
                .isEqualTo(scan(workers(1)).pairs());
    }
}
