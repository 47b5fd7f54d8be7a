package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With {@code PYTHONPYCACHEPREFIX}, the pycs of {@code /lib/pkg} lie in {@code PREFIX/lib/pkg}, outside the tree. */
class CachePrefixTest extends TreeScannerContract {

    /** The directory under the cache prefix that holds the pycs of the tree. */
    private Tree cacheOfTree(Path prefix) throws IOException {
        return new Tree(Path.of(prefix + tree.root().toString())).directories("");
    }

    private Tree prefix() throws IOException {
        return outside("prefix");
    }

    @Test
    void pycsUnderThePrefixBelongToTheSourcesInTheTree() throws Exception {
        Tree cache = cacheOfTree(prefix().root()).pycs("a.cpython-311.pyc", "pkg/b.cpython-311.opt-1.pyc");
        tree.sources("a.py", "pkg/b.py");

        Scan scan = scan(prefixed(prefix().root()));

        assertThat(scan.pairs())
                .containsExactly(
                        "a.py <- " + cache.at("a.cpython-311.pyc"),
                        "pkg/b.py <- " + cache.at("pkg/b.cpython-311.opt-1.pyc"));
        assertThat(scan.seen())
                .allSatisfy(seen -> assertThat(seen.observation().placement()).isEqualTo(Placement.CACHE));
    }

    @Test
    void cacheDirectoriesInTheTreeAreBypassed() throws Exception {
        tree.pairs("a").pycs("b.pyc");

        Scan scan = scan(prefixed(prefix().root()));

        assertThat(scan.seen())
                .extracting(seen -> seen.pyc() + " " + seen.observation().placement())
                .containsExactlyInAnyOrder("__pycache__/a.cpython-311.pyc BYPASSED", "b.pyc LEGACY");
    }

    @Test
    void aPycUnderThePrefixWithoutASourceIsAnOrphan() throws Exception {
        Tree cache = cacheOfTree(prefix().root()).pycs("gone.cpython-311.pyc", "untagged.pyc");

        Scan scan = scan(prefixed(prefix().root()));

        assertThat(scan.pairs())
                .containsExactly("- <- " + cache.at("gone.cpython-311.pyc"), "- <- " + cache.at("untagged.pyc"));
        assertThat(scan.seen())
                .extracting(seen -> seen.observation().placement())
                .containsExactlyInAnyOrder(Placement.CACHE, Placement.UNTAGGED);
    }

    @Test
    void directoriesThatExistOnlyUnderThePrefixAreScanned() throws Exception {
        Tree cache = cacheOfTree(prefix().root()).pycs("gone/sub/a.cpython-311.pyc", "here/b.cpython-311.pyc");
        tree.sources("here/b.py");

        Scan scan = scan(prefixed(prefix().root()));

        assertThat(scan.pairs())
                .containsExactly(
                        "- <- " + cache.at("gone/sub/a.cpython-311.pyc"),
                        "here/b.py <- " + cache.at("here/b.cpython-311.pyc"));
        assertThat(scan.refusals()).isEmpty();
    }

    @Test
    void aPrefixInsideTheTreeIsNotScannedAsAPackage() throws Exception {
        Tree inside = new Tree(tree.at("cache")).directories("");
        Tree cache = cacheOfTree(inside.root()).pycs("a.cpython-311.pyc");
        tree.sources("a.py");

        assertThat(scan(prefixed(inside.root())).pairs()).containsExactly("a.py <- " + cache.at("a.cpython-311.pyc"));
    }

    @Test
    void cacheDirectoriesAreBypassedEvenIfThePrefixIsMissing() throws Exception {
        tree.pairs("a");

        Scan scan = scan(prefixed(tree.root().resolveSibling("none")));

        assertThat(scan.only().observation().placement()).isEqualTo(Placement.BYPASSED);
        assertThat(scan.refusals()).isEmpty();
    }

    @Test
    void expectedPycsAreLookedForUnderThePrefixOnly() throws Exception {
        cacheOfTree(prefix().root()).pycs("b.cpython-311.pyc");
        tree.pairs("a").sources("b.py");
        var options = options(
                2,
                Optional.of(RawPath.of(prefix().root().toString())),
                List.of(expected("cpython-311", "")),
                Exclusions.NONE);

        assertThat(scan(options).seen())
                .filteredOn(seen -> seen.pycState() instanceof PycState.Absent)
                .extracting(Scan.Seen::source)
                .containsExactly("a.py");
    }

    @Test
    void thePathUnderThePrefixKeepsTheLinksOfTheEntry() throws Exception {
        Path link = outside("links").link("entry", tree.root()).at("entry");
        Tree cache = new Tree(Path.of(prefix().root() + link.toString())).pycs("a.cpython-311.pyc");
        tree.sources("a.py");

        assertThat(scan(prefixed(prefix().root()), link).pairs())
                .containsExactly("a.py <- " + cache.at("a.cpython-311.pyc"));
    }

    @Test
    void eachDirectoryThatExistsOnlyUnderThePrefixIsScannedOnce() throws Exception {
        Tree cache = cacheOfTree(prefix().root());
        for (int i = 0; i < 520; i++) {
            cache.pycs("gone/" + i + "/sub/a.cpython-311.pyc");
        }

        assertThat(scan(prefixed(prefix().root())).pairs()).hasSize(520).doesNotHaveDuplicates();
    }
}
