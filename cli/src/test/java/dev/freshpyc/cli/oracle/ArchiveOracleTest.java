package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the verdicts on members of random archives, some of them damaged, with the behavior of zipimport in every
 * interpreter. Python 2.7 runs without and with {@code -O}: the verdict on a {@code .pyc} member is for the one, and that on a {@code
 * .pyo} member for the other.
 */
class ArchiveOracleTest {

    private static final int ARCHIVES = Integer.getInteger("freshpyc.archives", 600);
    private static final long SEED = 20_260_314;

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theVerdictsAgreeWithZipimport() {
        List<Interpreter> pythons = Interpreters.ofEachMinorVersion().stream()
                .filter(python -> python.minorVersion().startsWith("cpython")
                        && (python.version().atLeast(3, 7) || !python.version().atLeast(3, 0)))
                .toList();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream()
                .flatMap(python -> modes(python)
                        .map(mode -> DynamicTest.dynamicTest(python + " " + mode.name(), () -> compare(python, mode))));
    }

    /** One archive: how it is audited, the outcome for the whole archive, and the outcome of importing each module. */
    private record Imported(int number, String zone, String check, String whole, Map<String, String> modules) {}

    /**
     * How the interpreter runs.
     *
     * @param suffix of the bytecode whose verdicts are for this mode
     * @param ignored the suffix of bytecode that no interpreter of this version reads; null where it reads both
     */
    private record Mode(
            String name,
            List<String> options,
            String suffix,
            @Nullable String ignored) {}

    private static Stream<Mode> modes(Interpreter python) {
        Mode plain = new Mode("without -O", List.of("-B"), ".pyc", null);
        return python.version().atLeast(3, 5)
                ? Stream.of(new Mode("", List.of("-B"), ".pyc", ".pyo"))
                : Stream.of(plain, new Mode("with -O", List.of("-B", "-O"), ".pyo", null));
    }

    private void compare(Interpreter python, Mode mode) throws Exception {
        Path directory = Files.createTempDirectory(scratch, "archives");
        List<String> wrong = new ArrayList<>();
        int loaded = 0;
        int compiled = 0;
        int failed = 0;
        int refused = 0;
        for (Imported imported : imports(python, directory, mode)) {
            Map<String, Verdict> verdicts = audit(python, directory, imported);
            check(imported, verdicts, mode, wrong);
            loaded += count(verdicts, mode, InterpreterAnswer.LOADS);
            compiled += count(verdicts, mode, InterpreterAnswer.RECOMPILES);
            failed += count(verdicts, mode, InterpreterAnswer.FAILS);
            refused += imported.whole().equals("ok") ? 0 : 1;
        }
        assertThat(wrong).as("wrong verdicts on the archives in %s", directory).isEmpty();
        assertThat(List.of(loaded, compiled, failed, refused))
                .as("loaded, compiled, failed, refused")
                .allMatch(cases -> cases > ARCHIVES / 30);
    }

    private static int count(Map<String, Verdict> verdicts, Mode mode, InterpreterAnswer answer) {
        return (int) verdicts.entrySet().stream()
                .filter(one -> one.getKey().isEmpty() || one.getKey().endsWith(mode.suffix()))
                .filter(one -> one.getValue().interpreter() == answer)
                .count();
    }

    private static List<Imported> imports(Interpreter python, Path directory, Mode mode) throws IOException {
        Map<Integer, Imported> found = new TreeMap<>();
        python.launcher()
                .run(
                        "archives.py",
                        mode.options(),
                        List.of(directory.toString(), Integer.toString(ARCHIVES), Long.toString(SEED)))
                .forEach(line -> {
                    String[] fields = line.split("\t", -1);
                    int number = Integer.parseInt(fields[1]);
                    if (fields[0].equals("archive")) {
                        found.put(number, new Imported(number, fields[2], fields[3], fields[4], new TreeMap<>()));
                    } else {
                        Objects.requireNonNull(found.get(number)).modules().put(fields[2], fields[3]);
                    }
                });
        assertThat(found).hasSize(ARCHIVES);
        return List.copyOf(found.values());
    }

    /** The verdicts by member name; the empty name stands for the archive itself. */
    private static Map<String, Verdict> audit(Interpreter python, Path directory, Imported imported) throws Exception {
        KnownInterpreter known = new KnownInterpreter(
                python.version(),
                Optional.of(python.tag()).filter(tag -> !tag.isEmpty()),
                Magic.of(python.magicNumber()));
        ScanOptions defaults = ScanOptions.defaults();
        ScanOptions scan = new ScanOptions(
                        1, Optional.empty(), List.of(), defaults.exclusions(), Optional.of(known), defaults.clock())
                .inZone(ZoneId.of(imported.zone()));
        HashChecks checks = HashChecks.valueOf(imported.check().toUpperCase(Locale.ROOT));
        Rules rules = new Rules(checks, RacyWindow.DEFAULT, true);
        AuditOptions options = new AuditOptions(scan, () -> new HeaderJudge(rules, scan.interpreter()), true);
        Map<String, Verdict> verdicts = new HashMap<>();
        RawPath file = RawPath.of(directory.resolve(imported.number() + ".zip").toString());
        new dev.freshpyc.indexer.audit.Audit(HostFiles.readers(), options)
                .run(GivenPath.ofPath(List.of(file)), findings -> findings.forEach(finding -> add(verdicts, finding)));
        return verdicts;
    }

    private static void add(Map<String, Verdict> verdicts, Finding finding) {
        Reason reason = finding.verdict().reason();
        if (!reason.equals(Reason.DUPLICATE_NAME) && !reason.equals(Reason.UNSAFE_NAME)) {
            verdicts.put(finding.path().toPython(), finding.verdict());
        }
    }

    private static void check(Imported imported, Map<String, Verdict> verdicts, Mode mode, List<String> wrong) {
        @Nullable Verdict flaw = verdicts.get("");
        String whole = flaw == null ? "ok" : flaw.interpreter() == InterpreterAnswer.FAILS ? "broken" : "ignored";
        if (!whole.equals(imported.whole())) {
            wrong.add("%d.zip: %s, and not %s".formatted(imported.number(), imported.whole(), flaw));
            return;
        }
        imported.modules().forEach((module, outcome) -> {
            String path = module.replace('.', '/');
            Map<String, Verdict> members = new TreeMap<>();
            for (String stem : List.of(path + "/__init__", path)) {
                Stream.of(".pyc", ".pyo")
                        .filter(suffix -> verdicts.containsKey(stem + suffix))
                        .forEach(suffix ->
                                members.put(stem + suffix, Objects.requireNonNull(verdicts.get(stem + suffix))));
            }
            if (!members.keySet().stream().allMatch(member -> agrees(outcome, member, members, mode))) {
                wrong.add("%d.zip, %s, hashes %s: %s: %s, and not %s"
                        .formatted(imported.number(), imported.zone(), imported.check(), module, outcome, members));
            }
        });
    }

    /**
     * Whether the verdict on one member agrees with the outcome of the import. Each of the members of a module can explain a failed
     * import.
     */
    private static boolean agrees(String outcome, String member, Map<String, Verdict> members, Mode mode) {
        Verdict verdict = Objects.requireNonNull(members.get(member));
        if (mode.ignored() != null && member.endsWith(mode.ignored())) {
            return verdict.interpreter() == InterpreterAnswer.IGNORES && !outcome.equals("pyc " + member);
        }
        if (!member.endsWith(mode.suffix())) {
            return true;
        }
        boolean failed = outcome.equals("error");
        return switch (verdict.interpreter()) {
            case LOADS -> outcome.equals("pyc " + member);
            case RECOMPILES -> outcome.equals("src " + member.substring(0, member.length() - 1));
            case FAILS -> failed;
            case IGNORES -> !outcome.equals("pyc " + member) && (!failed || mayFailElsewhere(member, members));
            case null -> false;
        };
    }

    private static boolean mayFailElsewhere(String member, Map<String, Verdict> members) {
        return members.size() == 1
                || members.entrySet().stream()
                        .filter(one -> !one.getKey().equals(member))
                        .map(one -> one.getValue().interpreter())
                        .anyMatch(answer -> answer == InterpreterAnswer.FAILS || answer == InterpreterAnswer.IGNORES);
    }
}
