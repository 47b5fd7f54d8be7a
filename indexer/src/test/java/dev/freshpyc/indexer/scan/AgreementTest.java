package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.indexer.fs.linux.LinuxTreeReader;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import dev.freshpyc.indexer.fs.nio.NioTreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both scanners and {@code find} see the same files in the standard library of this machine's Python. */
@Timeout(120)
class AgreementTest {

    private static final String LIBRARY = "import sysconfig; print(sysconfig.get_paths()['stdlib'])";

    private static Path library = Path.of("");

    @BeforeAll
    static void locateLibrary() throws Exception {
        assumeTrue(NativeSupport.isAvailable(), "NOT RUN: this system has no native scanner");
        List<String> printed = lines("python3", "-c", LIBRARY);
        assumeTrue(!printed.isEmpty(), "NOT RUN: no python3 on PATH, so there is no real tree to scan");
        library = Path.of(printed.getFirst());
    }

    @Test
    void bothScannersMakeTheSameObservations() throws Exception {
        List<String> seen = descriptions(Scan.of(LinuxTreeReader::new, ScanOptions.defaults(), library));

        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(descriptions(Scan.of(NioTreeReader.workers(), ScanOptions.defaults(), library)))
                .isEqualTo(seen);
    }

    @Test
    void theNativeScannerSeesTheFilesThatFindSees() throws Exception {
        List<String> found = lines("find", library.toString(), "-name", "*.pyc", "!", "-type", "d");
        Scan scan = Scan.of(LinuxTreeReader::new, ScanOptions.defaults(), library);

        assertThat(scan.seen().stream()
                        .map(seen -> library + "/" + seen.pyc())
                        .sorted()
                        .toList())
                .isEqualTo(found.stream().sorted().toList());
        assertThat(scan.refusals()).isEmpty();
    }

    @Test
    void everyPycBelongsToTheSourceThatPythonNames() throws Exception {
        Scan scan = Scan.of(LinuxTreeReader::new, ScanOptions.defaults(), library);
        Path names = Files.createTempFile("freshpyc", "names");
        try {
            List<Scan.Seen> cached = scan.seen().stream()
                    .filter(seen -> !seen.source().equals("-") && seen.pyc().contains("__pycache__/"))
                    .sorted(Comparator.comparing(Scan.Seen::pyc))
                    .toList();
            Files.write(names, cached.stream().map(Scan.Seen::pyc).toList());

            assertThat(lines(
                            "python3",
                            "-c",
                            "import importlib.util as u, sys\nfor n in open(sys.argv[1]): print(u.source_from_cache(n.strip()))",
                            names.toString()))
                    .isEqualTo(cached.stream().map(Scan.Seen::source).toList());
        } finally {
            Files.delete(names);
        }
    }

    private static List<String> descriptions(Scan scan) {
        return scan.seen().stream()
                .map(seen -> seen.pair() + " " + seen.tag() + seen.level() + " " + withoutTime(seen.observation()))
                .sorted()
                .toList();
    }

    /** The observation with 0 as its time. */
    private static Observation withoutTime(Observation seen) {
        return new Observation(0, seen.placement(), seen.tag(), seen.source(), seen.pyc());
    }

    private static List<String> lines(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException absent) {
            return List.of();
        }
        try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
            List<String> printed = lines.toList();
            return process.waitFor() == 0 ? printed : List.of();
        }
    }
}
