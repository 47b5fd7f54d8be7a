package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a repair did, undoing it leaves the bytes and times of before; what others did since stays. */
@EnabledOnOs(OS.LINUX)
class UndoTest {

    private static final String A = "__pycache__/a.cpython-311.pyc";
    private static final String B = "__pycache__/b.cpython-311.pyc";

    @TempDir
    private Path directory;

    private Caches caches = new Caches(Path.of("."));
    private Map<String, Object> before = Map.of();

    @BeforeEach
    void plant() throws IOException {
        caches = new Caches(directory.resolve("lib")).pair("a").pair("b");
        before = bytesAndTimes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void twiceUndoneIsOnceUndone(String write) throws Exception {
        assertThat(repair("--write", write).code()).isZero();
        assertThat(bytesAndTimes()).isNotEqualTo(before);

        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        Map<String, Facts> once = Facts.tree(caches.root());

        CommandLineRun again = undo();
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(Facts.tree(caches.root())).isEqualTo(once);
    }

    /** Code of their own that replaced a wrong one, a torn one and a file of another length of header. */
    @Test
    void whatWasCompiledBecomesWhatItWas() throws Exception {
        requirePython();
        caches.compiled(A, Pairs.header(3495, 0, 1, 1));
        Files.write(caches.root().resolve(B), new byte[] {1, 2, 3});
        caches.pair("c");
        Files.write(caches.root().resolve("__pycache__/c.cpython-311.pyc"), new byte[0]);
        before = bytesAndTimes();

        CommandLineRun run = repair();
        assertThat(run.out()).as(run.err()).contains("recompiled: 3");
        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        CommandLineRun again = undo();
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
    }

    @Test
    void whatWasMadeWhereNothingWasIsGoneAgain() throws Exception {
        requirePython();
        Files.delete(caches.root().resolve(A));
        before = bytesAndTimes();

        assertThat(repair("--expect", "cpython-311").code()).isZero();
        assertThat(caches.root().resolve(A)).exists();
        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        CommandLineRun again = undo();
        assertThat(again.code()).as(again.out()).isZero();
    }

    /** A directory of bytecode that was made goes as well, unless somebody has put something into it. */
    @Test
    void aDirectoryThatWasMadeIsGoneAgain() throws Exception {
        requirePython();
        Files.createDirectories(caches.root().resolve("new"));
        Files.createDirectories(caches.root().resolve("used"));
        Files.copy(caches.root().resolve("a.py"), caches.root().resolve("new/n.py"));
        Files.copy(caches.root().resolve("a.py"), caches.root().resolve("new/o.py"));
        Files.copy(caches.root().resolve("a.py"), caches.root().resolve("used/u.py"));
        Set<String> tree = Facts.tree(caches.root()).keySet();

        assertThat(repair("--expect", "cpython-311").code()).isZero();
        assertThat(caches.root().resolve("new/__pycache__")).isDirectory();
        Path kept = Files.writeString(caches.root().resolve("used/__pycache__/kept"), "");

        CommandLineRun run = undo();
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(kept).exists();
        Files.delete(kept);
        assertThat(undo().code()).isZero();
        assertThat(Facts.tree(caches.root()).keySet()).isEqualTo(tree);
        assertThat(undo().code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void whatChangedSinceStays(String write) throws Exception {
        repair("--write", write);
        caches.compiled(A, caches.timestamp(A));
        Files.setLastModifiedTime(caches.root().resolve(A), FileTime.from(Instant.ofEpochSecond(1_800_000_000)));
        Facts since = Facts.of(caches.root().resolve(A));

        CommandLineRun run = undo();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("a.cpython-311.pyc", "changing");
        assertThat(Facts.of(caches.root().resolve(A))).isEqualTo(since);
        assertThat(Files.readAllBytes(caches.root().resolve(B))).startsWith(caches.timestamp(B));
    }

    @Test
    void sourceTimesComeBack() throws Exception {
        CommandLineRun run = repair("--to", "zero-mtime", "--zero-source-mtime");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(Files.getLastModifiedTime(caches.root().resolve("a.py"))).isEqualTo(FileTime.fromMillis(0));

        assertThat(undo().code()).isZero();
        assertThat(bytesAndTimes()).isEqualTo(before);
        assertThat(undo().code()).isZero();
    }

    /** A link where the file was is nobody's file: what it points to is not written. */
    @ParameterizedTest
    @ValueSource(strings = {"replace", "in-place"})
    void undoFollowsNoLink(String write) throws Exception {
        repair("--write", write);
        Path outside = Files.move(caches.root().resolve(A), directory.resolve("outside"));
        Files.createSymbolicLink(caches.root().resolve(A), outside);
        Facts kept = Facts.of(outside);

        assertThat(undo().code()).isEqualTo(1);
        assertThat(Facts.of(outside)).isEqualTo(kept);
    }

    private void requirePython() throws IOException {
        CommandLineRun probe = CommandLineRun.of(
                "repair",
                "--index",
                directory.resolve("probe"),
                new Caches(directory.resolve("probed"))
                        .pair("p")
                        .compiled("__pycache__/p.cpython-311.pyc", Pairs.header(3495, 0, 1, 1))
                        .root());
        assumeTrue(probe.code() == 0, "NOT RUN: no CPython 3.11");
    }

    private Map<String, Object> bytesAndTimes() throws IOException {
        Map<String, Object> seen = new LinkedHashMap<>();
        Facts.files(caches.root()).forEach((name, facts) -> seen.put(name, facts.kept() + facts.content()));
        return seen;
    }

    private CommandLineRun undo() {
        return CommandLineRun.of("undo", "--index", directory.resolve("index"));
    }

    private CommandLineRun repair(String... more) {
        Object[] words = new Object[more.length + 4];
        System.arraycopy(new Object[] {"repair", "--index", directory.resolve("index"), caches.root()}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        return CommandLineRun.of(words);
    }
}
