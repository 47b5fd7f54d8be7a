package dev.freshpyc.indexer.scan;

import static dev.freshpyc.indexer.scan.Tree.pair;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are bytes: a scan finds every name that the kernel allows, and shows it unchanged. */
class HostileNameTest extends TreeScannerContract {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new\nline",
                "esc\u001b[31mred",
                "tab\tbell\u0007",
                " ",
                "\\",
                "%41%2f",
                "a:b?c#d",
                "*",
                "-rf",
                "\u00e9t\u00e9",
                "\u20ac\ud83d\ude00",
                "\u202eright-to-left",
                "\udcff",
                "a\udc80b\udcc3",
                "\udce2\udc82",
                "\udced\udca0\udc80"
            })
    void aFileAndADirectoryOfAnyNameAreFound(String name) throws Exception {
        tree.pairs(name, name + "/" + name);

        assertThat(scan().pairs()).containsExactlyInAnyOrder(pair(name), pair(name + "/" + name));
    }

    @Test
    void namesOfTheGreatestLengthAreFound() throws Exception {
        String longest = "n".repeat(255 - ".cpython-311.pyc".length());
        tree.pairs(longest, "d".repeat(255) + "/a");

        assertThat(scan().pairs()).containsExactlyInAnyOrder(pair(longest), pair("d".repeat(255) + "/a"));
    }

    @Test
    void aLinkToANameThatIsNotUtf8IsFollowed() throws Exception {
        tree.pairs("\udcff/a").link("link", outside("\udcfe").pairs("b").root());

        assertThat(scan().pairs()).containsExactlyInAnyOrder(pair("\udcff/a"), pair("link/b"));
    }

    @Test
    void anEntryWhoseNameIsNotUtf8IsScanned() throws Exception {
        outside("e\udcff\n").pairs("a");
        for (String similar : List.of("e\ufffd\n", "e?\n", "e\u00ff\n", "e\udcff")) {
            outside(similar).pairs("similar");
        }

        Scan scan = Scan.ofPaths(files(), directory.toRealPath() + "/e\udcff\n");

        assertThat(scan.pairs()).containsExactly(pair("a"));
        assertThat(scan.refusals()).isEmpty();
    }

    @Test
    void aTagOfAnyBytesIsShown() throws Exception {
        tree.sources("a.py").pycs("__pycache__/a.t\u001b[2J\udcff\n.pyc", "__pycache__/a.opt-\udcff.pyc");

        assertThat(scan().seen())
                .extracting(Scan.Seen::tag)
                .containsExactlyInAnyOrder("t\u001b[2J\udcff\n", "opt-\udcff");
    }

    @Test
    void namesWithTheSameCharactersInOtherBytesAreDifferentFiles() throws Exception {
        tree.pairs("\u00e9", "e\u0301", "\udce9", "\udcc3\udca9x");

        assertThat(scan().pairs()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void everyByteExceptSlashAndNulIsFoundInAName() throws Exception {
        String[] names = Stream.iterate(1, b -> b + 1)
                .limit(255)
                .filter(b -> b != '/')
                .map(b -> "n" + (char) (b < 0x80 ? b : 0xdc00 + b))
                .toArray(String[]::new);
        tree.pairs(names);

        assertThat(scan().pairs())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(names).map(Tree::pair).toList());
    }
}
