package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * RPM's database vouches for the bytecode of a system that has lost all times and has no index. {@code rpm --root} of
 * RPM 4.18 installed the system; CPython 3.11 compiled its modules. Package {@code alpha} has 25 modules; package
 * {@code legacy} has 5 modules with MD5 digests. One package owns {@code split.py} and another package its bytecode. A
 * transaction that is only in the database's log deleted {@code single.py}.
 */
@EnabledOnOs(OS.LINUX)
class RpmManifestTest {
    private static final FileTime LOST = FileTime.from(Instant.ofEpochSecond(1_600_000_000));
    private static final String SITE = "usr/lib/python3.11/site-packages";

    @TempDir
    private Path directory;

    private Path root = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        root = directory.resolve("system");
        InputStream packed = Objects.requireNonNull(getClass().getResourceAsStream("rpm-image.zip.gz"));
        try (ZipInputStream image = new ZipInputStream(new GZIPInputStream(packed))) {
            for (ZipEntry entry = image.getNextEntry(); entry != null; entry = image.getNextEntry()) {
                Path file = root.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(image, file);
                Files.setLastModifiedTime(file, LOST);
            }
        }
    }

    @Test
    void pairsOfOnePackageAreNotRecompiled() throws IOException {
        Map<String, byte[]> before = pycs();
        assertThat(plan())
                .contains("32 seen; would be restamped: 30, would be recompiled: 0, would be compiled and compared: 2");

        repair();

        Map<String, byte[]> after = pycs();
        after.keySet().stream().filter(RpmManifestTest::isVouchedFor).forEach(pyc -> {
            byte[] then = Objects.requireNonNull(before.get(pyc));
            byte[] now = Objects.requireNonNull(after.get(pyc));
            assertThat(Arrays.copyOfRange(now, 16, now.length))
                    .as(pyc)
                    .isEqualTo(Arrays.copyOfRange(then, 16, then.length));
            assertThat(MatchingTree.word(now, 8)).as(pyc).isEqualTo(1_600_000_000);
        });
    }

    /**
     * The altered files keep their size and mtime. The repair compiles their sources anew: the altered docstring of
     * {@code mod03} gets into the bytecode, and the altered bytecode of {@code mod04} gets its old code back.
     */
    @Test
    void pairsWithAnAlteredFileAreCompiledAndCompared() throws IOException {
        Map<String, byte[]> packed = pycs();
        alter("alpha/mod03.py", 5);
        alter("alpha/__pycache__/mod04.cpython-311.pyc", -1);

        assertThat(plan())
                .contains("32 seen; would be restamped: 28, would be recompiled: 0, would be compiled and compared: 4");

        Interpreter python = Interpreters.assumed("cpython 3.11");
        CommandLineRun repaired = run("--durability", "none", "--python", python.executable());
        assertThat(repaired.out()).contains("restamped: 30, recompiled: 2");
        Map<String, byte[]> after = pycs();
        for (String module : List.of("mod03", "mod04")) {
            String pyc = "alpha/__pycache__/" + module + ".cpython-311.pyc";
            byte[] right = replaced(Objects.requireNonNull(packed.get(pyc)), "Module 3", "Moeule 3");
            ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1_600_000_000);
            assertThat(after.get(pyc)).as(pyc).isEqualTo(right);
        }
    }

    private static byte[] replaced(byte[] bytes, String word, String other) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(word, other)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void withoutItsLogTheDatabaseStillOwnsADeletedFile() throws IOException {
        Files.delete(root.resolve("usr/lib/sysimage/rpm/rpmdb.sqlite-wal"));

        assertThat(plan())
                .contains("32 seen; would be restamped: 31, would be recompiled: 0, would be compiled and compared: 1");
    }

    @Test
    void withoutADatabaseEveryPairIsCompiledAndCompared() throws IOException {
        Files.delete(root.resolve("usr/lib/sysimage/rpm/rpmdb.sqlite"));

        assertThat(plan())
                .contains("32 seen; would be restamped: 0, would be recompiled: 0, would be compiled and compared: 32");
    }

    private String plan() {
        return run("--dry-run").out();
    }

    /** Repairs the tree. Pairs without a manifest are compiled if a CPython 3.11 is installed. */
    private void repair() {
        run("--durability", "none");
    }

    private CommandLineRun run(Object... more) {
        return CommandLineRun.of(
                "repair", "--index", directory.resolve("index"), "--root", root, "--to", "timestamp", more, "/" + SITE);
    }

    private void alter(String name, int at) throws IOException {
        Path file = root.resolve(SITE).resolve(name);
        byte[] content = Files.readAllBytes(file);
        content[Math.floorMod(at, content.length)]++;
        Files.write(file, content);
        Files.setLastModifiedTime(file, LOST);
    }

    private static boolean isVouchedFor(String pyc) {
        return pyc.startsWith("alpha/") || pyc.startsWith("legacy/");
    }

    private Map<String, byte[]> pycs() throws IOException {
        Path site = root.resolve(SITE);
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".pyc"))::iterator) {
                contents.put(site.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
