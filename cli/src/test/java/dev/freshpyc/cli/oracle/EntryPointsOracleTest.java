package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.EntryPointReport;
import dev.freshpyc.cli.repair.Shell;
import dev.freshpyc.core.metadata.EntryPointAnswer;
import dev.freshpyc.core.metadata.MetadataRules;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.metadata.EntryPointCache;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import dev.freshpyc.indexer.metadata.ReaderInstallation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares entry points with those of importlib.metadata in every interpreter. freshpyc reads them from the files and
 * from its cache, and its Python reader from the cache.
 */
class EntryPointsOracleTest {

    private static final int LAYOUTS = 600;
    private static final long SEED = 20_170_716;

    /** An interpreter must read more than this many layouts without a fault, so that enough answers are compared. */
    private static final int SOUND = LAYOUTS / 5;

    private static final Pattern ESCAPE = Pattern.compile("\\\\u[0-9A-Fa-f]{4}");

    /**
     * Fails in early releases of Python 3.10, which hide no distribution whose directory spells the name of another in another way.
     * Later releases normalize the name, and freshpyc follows them.
     */
    private static final String NORMALIZES = """
            import importlib.metadata, pathlib, sys
            distribution = importlib.metadata.PathDistribution(pathlib.Path('a.b-1.dist-info'))
            sys.exit(getattr(distribution, '_normalized_name', 'a_b') != 'a_b')
            """;

    /** The text before the array of entry points in the JSON document. */
    private static final String ARRAY_NAME = "\"entry_points\":";

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theAnswersAgreeWithImportlibMetadata() throws IOException {
        MetadataLayouts layouts = new MetadataLayouts(SEED, scratch);
        List<List<RawPath>> paths = new ArrayList<>();
        for (int number = 0; number < LAYOUTS; number++) {
            paths.add(layouts.next(number).stream()
                    .map(path -> RawPath.of(path.toString()))
                    .toList());
        }
        CachedPaths cached = read(paths);
        return pythons().stream()
                .map(python -> DynamicTest.dynamicTest(
                        python.toString(),
                        () -> assertThat(compare(python, cached)).isGreaterThan(SOUND)));
    }

    @TestFactory
    Stream<DynamicTest> theAnswersForInstalledPackagesAgreeWithImportlibMetadata() throws IOException {
        List<Interpreter> pythons = pythons();
        List<List<RawPath>> paths = pythons.stream()
                .map(python -> python.executable()
                        .resolveSibling("../lib/python" + python.minorVersion().split(" ", -1)[1] + "/site-packages")
                        .normalize())
                .filter(Files::isDirectory)
                .map(path -> List.of(RawPath.of(path.toString())))
                .collect(Collectors.toCollection(ArrayList::new));
        paths.add(List.of(RawPath.of("/usr/lib/python3/dist-packages")));
        CachedPaths cached = read(paths);
        return pythons.stream()
                .map(python -> DynamicTest.dynamicTest(
                        python.toString(),
                        () -> assertThat(compare(python, cached)).isPositive()));
    }

    private static boolean normalizes(Interpreter python) {
        try {
            return Shell.succeeds(python.executable(), "-I", "-c", NORMALIZES);
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    private static int patch(Interpreter python) {
        return Integer.parseInt(python.name().substring(python.name().lastIndexOf('.') + 1));
    }

    /** The newest interpreter of each minor version that has importlib.metadata; without early releases that {@link #NORMALIZES} rejects. */
    private static List<Interpreter> pythons() {
        List<Interpreter> pythons = List.copyOf(Interpreters.all().stream()
                .filter(python -> python.version().atLeast(3, 8) && normalizes(python))
                .collect(Collectors.toMap(
                        Interpreter::minorVersion,
                        Function.identity(),
                        (a, b) -> patch(a) < patch(b) ? b : a,
                        TreeMap::new))
                .values());
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons;
    }

    /** The paths that were read into a cache, and the index directory of the cache. */
    private record CachedPaths(Path index, List<List<EntryPointAnswer.EntryMetadata>> paths) {}

    /** Reads all entries into a cache and requires that the cache then gives the same answers. */
    private CachedPaths read(List<List<RawPath>> paths) throws IOException {
        Path index = Files.createTempDirectory(scratch, "index");
        EntryPointCache cache = new EntryPointCache(
                Optional.of(index),
                Optional.empty(),
                StoreEvents.NONE,
                new RacyWindow(Duration.ZERO),
                InstantSource.system());
        CachedPaths read = new CachedPaths(index, entries(cache, paths, Belief.NONE));
        assertThat(entries(cache, paths, Belief.STAT)).isEqualTo(read.paths());
        assertThat(entries(cache, paths, Belief.ASSUMED)).isEqualTo(read.paths());
        return read;
    }

    private static List<List<EntryPointAnswer.EntryMetadata>> entries(
            EntryPointCache cache, List<List<RawPath>> paths, Belief belief) {
        return paths.stream()
                .map(path -> path.stream()
                        .map(entry -> new EntryPointAnswer.EntryMetadata(entry, cache.metadata(entry, belief)))
                        .toList())
                .toList();
    }

    /** Compares the answers for all paths; returns the number of paths without a fault. */
    private int compare(Interpreter python, CachedPaths cached) throws IOException {
        MetadataRules rules = MetadataRules.of(python.version());
        List<String> lines = ask(python, cached);
        int sound = 0;
        int answered = 0;
        for (int number = 0; number < cached.paths().size(); number++) {
            List<EntryPointAnswer.EntryMetadata> path = cached.paths().get(number);
            EntryPointAnswer answer = EntryPointAnswer.of(path, rules);
            String expected = lines.get(2 * number);
            String ours = answer.faults().isEmpty() ? json(answer) : "null";
            assertThat(ours).as("%s %s", path, answer.faults()).isEqualTo(expected);
            if (mustBeAnswered(path, rules)) {
                answered++;
                assertThat(lines.get(2 * number + 1)).as("reader, %s", path).isEqualTo(expected);
            }
            sound += ours.equals("null") ? 0 : 1;
        }
        assertThat(answered).as("answers of the reader").isGreaterThan(sound / 2);
        return sound;
    }

    /**
     * Whether the Python reader must answer: no distribution of the path, even a hidden one, is broken, and no metadata
     * contains a NUL.
     */
    private static boolean mustBeAnswered(List<EntryPointAnswer.EntryMetadata> path, MetadataRules rules) {
        return path.stream()
                .allMatch(entry -> entry.metadata().distributions(rules).stream()
                                .allMatch(distribution -> distribution.fault().isEmpty())
                        && !entry.metadata().toString().contains("\0"));
    }

    private List<String> ask(Interpreter python, CachedPaths cached) throws IOException {
        Path list = Files.createTempFile(scratch, "paths", "");
        Files.write(
                list,
                cached.paths().stream()
                        .map(path -> path.stream()
                                .map(entry -> entry.path().toPython())
                                .collect(Collectors.joining("\t")))
                        .toList());
        Path reader = Files.createTempDirectory(scratch, "reader");
        ReaderInstallation.install(reader);
        return python
                .launcher()
                .withEnvironment("FRESHPYC_INDEX", cached.index().toString())
                .run("entrypoints.py", List.of("-B"), List.of(list.toString(), reader.toString()))
                .stream()
                .map(EntryPointsOracleTest::lowerCaseEscapes)
                .toList();
    }

    private static String json(EntryPointAnswer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EntryPointReport.print(answer, DocumentFormat.JSON, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String document = bytes.toString(StandardCharsets.UTF_8).strip();
        String array = document.substring(document.indexOf(ARRAY_NAME) + ARRAY_NAME.length(), document.length() - 1);
        return lowerCaseEscapes(array);
    }

    private static String lowerCaseEscapes(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> "\\" + match.group().toLowerCase(Locale.ROOT));
    }
}
