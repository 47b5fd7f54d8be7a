package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation.LinkEnd;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A scan reads a symbolic link to a file as Python does: the observation describes the target of the link. */
class LinkTest extends TreeScannerContract {

    @Test
    void aLinkedSourceHasTheStampOfItsTarget() throws Exception {
        Tree real = outside("real").sources("text");
        Files.writeString(real.at("text"), "twenty bytes of text");
        tree.link("a.py", real.at("text")).pycs("__pycache__/a.cpython-311.pyc");

        Scan.Seen seen = scan().only();

        assertThat(seen.pair()).isEqualTo(pair("a"));
        assertThat(seen.observation().source())
                .isInstanceOfSatisfying(
                        SourceState.Present.class,
                        source -> assertThat(source.stamp().size()).isEqualTo(20));
    }

    @Test
    void aSourceLinkWithoutATargetIsAbsent() throws Exception {
        tree.link("a.py", "none").link("loop.py", "loop.py").link("through.py", "a.py/b");
        tree.pycs("__pycache__/a.cpython-311.pyc", "__pycache__/loop.cpython-311.pyc", "through.pyc");

        Scan scan = scan();

        assertThat(scan.pairs())
                .containsExactly(
                        "- <- __pycache__/a.cpython-311.pyc",
                        "- <- __pycache__/loop.cpython-311.pyc",
                        "- <- through.pyc");
        assertThat(scan.seen())
                .allSatisfy(seen -> assertThat(seen.observation().source()).isEqualTo(SourceState.ABSENT));
    }

    @Test
    void aSourceLinkToADirectoryIsAbsent() throws Exception {
        tree.directories("pkg").link("a.py", "pkg").pycs("__pycache__/a.cpython-311.pyc");

        assertThat(scan().only().observation().source()).isEqualTo(SourceState.ABSENT);
    }

    @Test
    void aPycIsReadThroughALink() throws Exception {
        Tree real = outside("real").pycs("code");
        tree.sources("a.py").directories("__pycache__").link("__pycache__/a.cpython-311.pyc", real.at("code"));

        assertThat(scan().only().pair()).isEqualTo(pair("a"));
        assertThat(scan().only().pycState()).isInstanceOf(PycState.Read.class);
    }

    @Test
    void aPycLinkWithoutATargetIsBroken() throws Exception {
        tree.sources("a.py").link("__pycache__/a.cpython-311.pyc", "none");

        assertThat(scan().only().pair()).isEqualTo(pair("a"));
        assertThat(scan().only().pycState()).isEqualTo(new PycState.LinkToNoFile(LinkEnd.NOTHING));
    }

    @Test
    void aPycLinkToItselfIsBroken() throws Exception {
        tree.sources("a.py").link("__pycache__/a.cpython-311.pyc", "a.cpython-311.pyc");

        assertThat(scan().only().pycState()).isEqualTo(new PycState.LinkToNoFile(LinkEnd.LOOP));
    }

    @Test
    void aPycLinkToADirectoryLeadsToNoFile() throws Exception {
        tree.sources("a.py").directories("d").link("__pycache__/a.cpython-311.pyc", "../d");

        assertThat(scan().only().pycState()).isEqualTo(new PycState.LinkToNoFile(LinkEnd.DIRECTORY));
    }

    @Test
    void aLinkedCacheDirectoryIsReadUnderTheNameOfItsLink() throws Exception {
        Tree real = outside("real").pycs("a.cpython-311.pyc");
        tree.sources("a.py").link("__pycache__", real.root());

        assertThat(scan().pairs()).containsExactly(pair("a"));
    }

    @Test
    void aCacheDirectoryThatTwoDirectoriesShareIsReadForBoth() throws Exception {
        tree.pairs("p/a").sources("q/a.py").link("q/__pycache__", "../p/__pycache__");

        assertThat(scan().pairs()).containsExactly(pair("p/a"), pair("q/a"));
    }

    @Test
    void aCacheLinkWithoutADirectoryIsIgnored() throws Exception {
        tree.sources("a.py", "p/b.py", "q/c.py").link("__pycache__", "none");
        tree.link("p/__pycache__", "__pycache__").link("q/__pycache__", "c.py");

        Scan scan = scan();

        assertThat(scan.pairs()).isEmpty();
        assertThat(scan.refusals()).isEmpty();
    }
}
