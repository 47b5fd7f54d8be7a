package dev.freshpyc.perf.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.freshpyc.perf.tree.PairTemplate.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree that is filled with copies of a few pairs. */
class GrownTreeTest {

    private static final FileTime MADE = FileTime.fromMillis(1_700_000_000_000L);
    private static final PeerInterpreter PYTHON = new PeerInterpreter("python3", "3.11.7", "cpython-311", List.of());

    @TempDir
    Path folder;

    @Test
    void everySourceKeepsItsMtimeAndEveryPycIsNew() throws IOException {
        GrownTree tree = GrownTree.of(PYTHON, template(), folder, 201);

        assertThat(Files.readString(tree.source(200))).isEqualTo("a = 1");
        assertThat(Files.getLastModifiedTime(tree.source(200))).isEqualTo(MADE);
        assertThat(Files.readString(tree.pyc(199))).isEqualTo("code of b in " + tree.source(199));
        assertThat(Files.getLastModifiedTime(tree.pyc(199))).isGreaterThan(MADE);
        assertThat(tree.pyc(199)).hasToString(folder + "/tree-0000201/d00001/__pycache__/module_99.cpython-311.pyc");
        try (Stream<Path> files = Files.walk(tree.root())) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(402);
        }
    }

    @Test
    void selectedSourcesAreSpreadOverTheTree() {
        GrownTree tree = new GrownTree(folder, 1_000, "cpython-311");

        assertThat(tree.sources(2)).containsExactly(tree.source(0), tree.source(500));
    }

    @Test
    void codeThatDoesNotNameThePathOfTheTemplateIsRefused() throws IOException {
        PairTemplate template = template();
        Files.writeString(template.pairs().getLast().pyc(), "code of b in " + folder.resolve("b.py"));

        assertThatIOException()
                .isThrownBy(() -> GrownTree.of(PYTHON, template, folder, 2))
                .withMessageContaining(GrownTree.codeName(folder).path().toString());
    }

    private PairTemplate template() throws IOException {
        return new PairTemplate(List.of(pair("a"), pair("b")));
    }

    private Pair pair(String name) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".py"), name + " = 1");
        Path pyc = Files.writeString(
                folder.resolve(name + ".pyc"),
                "code of " + name + " in " + GrownTree.codeName(folder).path());
        Files.setLastModifiedTime(source, MADE);
        Files.setLastModifiedTime(pyc, MADE);
        return new Pair(source, pyc, 5, 9);
    }
}
