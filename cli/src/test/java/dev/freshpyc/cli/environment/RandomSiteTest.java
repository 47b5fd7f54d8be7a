package dev.freshpyc.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.site.HostSiteFiles;
import dev.freshpyc.indexer.site.InterpreterLayout;
import dev.freshpyc.indexer.site.PathFinding.Oddity;
import dev.freshpyc.indexer.site.SiteFiles;
import dev.freshpyc.indexer.site.SitePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random site directory adds the same entries to the computed path as {@code site.addsitedir} to {@code sys.path}.
 */
class RandomSiteTest {

    private static final int SITES = 500;

    private static final SiteFiles FILES = new HostSiteFiles(Optional.empty());

    /** Adds every directory in one run of the interpreter. A file that is not UTF-8 makes {@code addsitedir} fail. */
    private static final String ADD_EACH = """
            import sys, os, site, binascii, locale, traceback
            try: import _bootlocale # up to 3.9, opening a file imports it, and takes ASCII where it is not found
            except ImportError: pass
            print(os.path.normpath('a\\0b') == 'a')
            base = ['/usr/lib', '/usr/lib/absent']
            for i in range(int(sys.argv[2])):
                sys.path[:] = base
                try:
                    site.addsitedir(os.path.join(sys.argv[1], str(i)))
                    words = [binascii.hexlify(os.fsencode(p)).decode() for p in sys.path]
                except UnicodeDecodeError:
                    words = ['undecodable']
                sys.stdout.write(' '.join(words) + '\\n')
            """;

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theComputedEntriesEqualTheEntriesOfAddsitedir() throws IOException {
        scratch = scratch.toRealPath();
        List<Interpreter> pythons = PythonRun.interpreters(Interpreters.all().stream());
        assumeFalse(pythons.isEmpty(), "NOT RUN: no CPython 3");
        for (int i = 0; i < SITES; i++) {
            RandomSite.make(scratch.resolve(Integer.toString(i)), new Random(i));
        }
        return pythons.stream().map(python -> DynamicTest.dynamicTest(python.toString(), () -> check(python)));
    }

    private void check(Interpreter python) throws Exception {
        PythonRun run = PythonRun.of(python, scratch);
        InterpreterLayout layout = InterpreterLayout.of(
                        FILES, RawPath.of(run.executable().toString()))
                .orElseThrow();
        List<String> added = run.output(List.of("-I", "-c", ADD_EACH, scratch.toString(), Integer.toString(SITES)))
                .lines()
                .toList();
        boolean cutsAtNul = Boolean.parseBoolean(added.getFirst().toLowerCase(Locale.ROOT)); // a fault of 3.11.3 alone
        added = added.subList(1, added.size());
        assertThat(added).hasSize(SITES);

        List<String> disagreements = new ArrayList<>();
        int undecodable = 0;
        int longest = 0;
        for (int i = 0; i < SITES; i++) {
            SitePath path =
                    new SitePath(FILES, layout.rules(), List.of(RawPath.of("/usr/lib"), RawPath.of("/usr/lib/absent")));
            path.addSite(RawPath.of(scratch.resolve(Integer.toString(i)).toString()));
            boolean fails = path.findings().stream().anyMatch(finding -> finding.kind() == Oddity.UNDECODABLE);
            String computed = fails ? "undecodable" : hex(path.entries());
            boolean knownFault = cutsAtNul && hasNul(path);
            if (!knownFault && !computed.equals(added.get(i))) {
                disagreements.add(i + ": computed " + shown(computed) + "\n   interpreter " + shown(added.get(i)));
            }
            undecodable += fails ? 1 : 0;
            longest = Math.max(longest, path.entries().size());
        }
        assertThat(disagreements).as(scratch.toString()).isEmpty();
        assertThat(undecodable).isBetween(5, SITES / 4);
        assertThat(longest).isGreaterThan(6);
    }

    private static boolean hasNul(SitePath path) {
        return path.findings().stream()
                .anyMatch(finding -> finding.text().toPython().indexOf('\0') >= 0);
    }

    private static String hex(List<RawPath> path) {
        return path.stream()
                .map(entry -> HexFormat.of().formatHex(entry.toBytes()))
                .collect(Collectors.joining(" "));
    }

    private static String shown(String words) {
        return words.equals("undecodable")
                ? words
                : Stream.of(words.split(" ", -1))
                        .map(HexFormat.of()::parseHex)
                        .map(bytes -> RawPath.of(bytes, 0, bytes.length).shown())
                        .toList()
                        .toString();
    }
}
