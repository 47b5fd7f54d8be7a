package dev.freshpyc.indexer.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.file.IndexDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache keeps a server's answers and the pairs reported to the server, and ignores files that it cannot trust. */
class EquivalenceCacheTest {

    private static final String URL = "http://build.example.org:8686";
    private static final CompileTask TASK = new CompileTask("freshpyc2/3495", "ab");
    private static final Sha256 CODE = new Sha256(1, 2, 3, 4);
    private static final ProvenPair PAIR =
            new ProvenPair(new Sha256(5, 5, 5, 5), Magic.of(3495), OptimizationLevel.O1, new Sha256(6, 6, 6, 6));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aLaterRunFindsTheAnswersAndTheReportedPairs() throws IOException {
        EquivalenceCache cache = open(URL);
        cache.putCode(TASK, CODE);
        cache.putTold(PAIR);
        cache.publish();

        EquivalenceCache later = open(URL);
        assertThat(later.code(TASK)).contains(CODE);
        assertThat(later.isTold(PAIR)).isTrue();
        assertThat(later.code(new CompileTask("freshpyc2/3495", "abc"))).isEmpty();
        assertThat(later.code(new CompileTask("freshpyc2/349", "5ab"))).isEmpty();
        assertThat(later.isTold(new ProvenPair(PAIR.source(), PAIR.magic(), OptimizationLevel.NONE, PAIR.body())))
                .isFalse();
    }

    @Test
    void theAnswersOfEachServerAreSeparate() throws IOException {
        EquivalenceCache cache = open(URL);
        cache.putCode(TASK, CODE);
        cache.publish();

        assertThat(open("http://other.example.org").code(TASK)).isEmpty();
    }

    /** The name of a file is a short hash of the URL, and two URLs may have the same short hash. */
    @Test
    void aFileOfAnotherServerIsNotTrusted() throws IOException {
        EquivalenceCache cache = open("http://other.example.org");
        cache.putCode(TASK, CODE);
        cache.publish();
        open(URL).publish();
        Files.move(onlyFile(), fileOf(URL));

        assertThat(open(URL).code(TASK)).isEmpty();
    }

    @Test
    void aDamagedOrTruncatedFileIsIgnored() throws IOException {
        EquivalenceCache cache = open(URL);
        cache.putCode(TASK, CODE);
        cache.publish();
        byte[] whole = Files.readAllBytes(fileOf(URL));
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(fileOf(URL), damaged);
            assertThat(open(URL).code(TASK)).as("byte %d", at).isEmpty();
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(fileOf(URL), Arrays.copyOf(whole, length));
            assertThat(open(URL).code(TASK)).as("length %d", length).isEmpty();
        }
        Files.write(fileOf(URL), whole);
        assertThat(open(URL).code(TASK)).contains(CODE);
    }

    @Test
    void aFileThatOthersCanWriteIsNotTrusted() throws IOException {
        EquivalenceCache cache = open(URL);
        cache.putCode(TASK, CODE);
        cache.publish();
        Files.setPosixFilePermissions(fileOf(URL), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(open(URL).code(TASK)).isEmpty();
    }

    @Test
    void aFullFileKeepsTheAnswersThatTheLastRunUsed() throws IOException {
        EquivalenceCache old = open(URL);
        for (int number = 0; number < EquivalenceCache.MOST; number++) {
            old.putCode(new CompileTask("m", "old" + number), CODE);
        }
        old.publish();
        EquivalenceCache run = open(URL);
        assertThat(run.code(new CompileTask("m", "old7"))).isPresent();
        for (int number = 0; number < EquivalenceCache.MOST / 2; number++) {
            run.putCode(new CompileTask("m", "new" + number), CODE);
        }
        run.publish();

        assertThat(Files.size(fileOf(URL))).isLessThan(64L * EquivalenceCache.MOST + 64);
        EquivalenceCache later = open(URL);
        assertThat(later.code(new CompileTask("m", "old7"))).isPresent();
        assertThat(later.code(new CompileTask("m", "new99"))).isPresent();
    }

    @Test
    void aRunWithoutNewAnswersWritesNoFile() throws IOException {
        open(URL).publish();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private EquivalenceCache open(String url) {
        return EquivalenceCache.open(indexes(), url);
    }

    private IndexDirectory indexes() {
        return new IndexDirectory(directory, StoreEvents.NONE);
    }

    private Path fileOf(String url) {
        return indexes().equivalents(RawPath.of(url));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }
}
