package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with several names: what lies outside the tree is changed by nobody who was not told to, and what is one file stays one. */
@EnabledOnOs(OS.LINUX)
class HardLinkTest {

    private static final String A = "__pycache__/a.cpython-311.pyc";
    private static final String A_OPT = "__pycache__/a.cpython-311.opt-1.pyc";
    private static final String B = "__pycache__/b.cpython-311.pyc";

    @TempDir
    private Path directory;

    private Caches caches = new Caches(Path.of("."));
    private Path objects = Path.of(".");

    /** A checkout as ostree makes it: every file is a name of an object in a store beside it. */
    @BeforeEach
    void checkOut() throws IOException {
        caches = new Caches(directory.resolve("lib")).pair("a").pair("b");
        objects = directory.resolve("objects");
        for (String pyc : caches.pycs()) {
            String name = HexFormat.of().toHexDigits(pyc.hashCode());
            Path folder = Files.createDirectories(objects.resolve(name.substring(0, 2)));
            Files.createLink(folder.resolve(name.substring(2) + ".file"), at(pyc));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void whatHasNamesOutsideIsRefused(String write) throws Exception {
        Map<String, Facts> tree = Facts.tree(caches.root());
        Map<String, Facts> store = Facts.tree(objects);

        CommandLineRun run = repair("--write", write);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("hard-linked-outside");
        assertThat(Facts.tree(caches.root())).isEqualTo(tree);
        assertThat(Facts.tree(objects)).isEqualTo(store);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void brokenLinksLeaveTheStoreAlone(String write) throws Exception {
        Map<String, Facts> store = Facts.files(objects);

        assertThat(repair("--hardlinks", "break", "--write", write).code()).isZero();

        requireHash(A);
        requireHash(B);
        assertThat(Facts.of(at(A)).place().links()).isEqualTo(1);
        Facts.files(objects).forEach((name, now) -> {
            Facts then = store.get(name);
            assertThat(now.content()).isEqualTo(then.content());
            assertThat(now.kept()).isEqualTo(then.kept());
            assertThat(now.place().inode()).isEqualTo(then.place().inode());
            assertThat(now.place().links()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void inPlaceChangesAllNames(String write) throws Exception {
        Map<String, Facts> before = Facts.files(directory);

        assertThat(repair("--hardlinks", "in-place", "--write", write).code()).isZero();

        requireHash(A);
        Map<String, Facts> after = Facts.files(objects);
        after.forEach((name, now) -> {
            Facts then = before.get("objects/" + name);
            assertThat(now.place().inode()).isEqualTo(then.place().inode());
            assertThat(now.place().links()).isEqualTo(2);
            assertThat(now.kept()).isEqualTo(then.kept());
            assertThat(now.content()).isNotEqualTo(then.content());
        });
    }

    /** Levels that are one file stay one, with one new header, also when that is undone. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void namesInsideTheTreeStayOneFile(String write) throws Exception {
        forgetStore();
        Files.createLink(at(A_OPT), at(A));
        byte[] before = Files.readAllBytes(at(A));

        assertThat(repair("--write", write).code()).isZero();

        requireHash(A);
        requireOne();
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"))
                        .code())
                .isZero();
        assertThat(Files.readAllBytes(at(A))).isEqualTo(before);
        requireOne();
    }

    /** One header cannot name two times: the file is left, whole, and both names with it. */
    @Test
    void namesThatWouldGetDifferentHeadersAreReported() throws Exception {
        forgetStore();
        caches.pair("c", "x = 1\n").pair("d", "x = 1\n");
        Path c = at("__pycache__/c.cpython-311.pyc");
        Path d = at("__pycache__/d.cpython-311.pyc");
        Files.delete(d);
        Files.createLink(d, c);
        assertThat(CommandLineRun.of("refresh", "--index", directory.resolve("index"), caches.root())
                        .code())
                .isZero();
        Shell.run("touch", "-d", "@1700000055", at("c.py"));
        Shell.run("touch", "-d", "@1700000066", at("d.py"));
        Facts before = Facts.of(c);

        CommandLineRun run = repair("--to", "timestamp");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("hard-linked-to-different");
        assertThat(Facts.of(c)).isEqualTo(before);
        assertThat(Facts.of(d)).isEqualTo(before);
    }

    /** Told to break links, a repair gives each name what it needs: nothing else would ever mend them. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void namesThatNeedDifferentHeadersBecomeFilesOfTheirOwn(String write) throws Exception {
        forgetStore();
        caches.pair("c", "x = 1\n").pair("d", "x = 1\n").pair("e", "x = 1\n");
        for (String other : new String[] {"d", "e"}) {
            Files.delete(at(Pairs.cached(other)));
            Files.createLink(at(Pairs.cached(other)), at(Pairs.cached("c")));
        }
        CommandLineRun.of("refresh", "--index", directory.resolve("index"), caches.root());
        Shell.run("touch", "-d", "@1700000055", at("c.py"));
        Shell.run("touch", "-d", "@1700000066", at("d.py"), at("e.py"));

        CommandLineRun run = repair("--to", "timestamp", "--hardlinks", "break", "--write", write);

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(mtime("c")).isEqualTo(1_700_000_055);
        assertThat(mtime("d")).isEqualTo(1_700_000_066);
        assertThat(Facts.of(at(Pairs.cached("e")))).isEqualTo(Facts.of(at(Pairs.cached("d"))));
        assertThat(CommandLineRun.of("undo", "--index", directory.resolve("index"))
                        .code())
                .isZero();
        assertThat(mtime("c")).isEqualTo(Caches.MTIME);
        assertThat(mtime("d")).isEqualTo(Caches.MTIME);
    }

    private int mtime(String stem) throws IOException {
        return Caches.word(Files.readAllBytes(at(Pairs.cached(stem))), 8);
    }

    private void forgetStore() throws IOException, InterruptedException {
        Shell.run("rm", "-r", objects);
    }

    private void requireOne() throws IOException {
        assertThat(Facts.of(at(A_OPT))).isEqualTo(Facts.of(at(A)));
        assertThat(Facts.of(at(A)).place().links()).isEqualTo(2);
    }

    private void requireHash(String pyc) throws IOException {
        assertThat(Files.readAllBytes(at(pyc))).startsWith(caches.hash(pyc));
    }

    private Path at(String name) {
        return caches.root().resolve(name);
    }

    private CommandLineRun repair(String... more) {
        Object[] words = new Object[more.length + 4];
        System.arraycopy(new Object[] {"repair", "--index", directory.resolve("index"), caches.root()}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        return CommandLineRun.of(words);
    }
}
