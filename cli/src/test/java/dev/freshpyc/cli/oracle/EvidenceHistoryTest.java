package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Checks the rules of evidence over random histories. In a history, sources are edited and upgraded, times move, bodies
 * are tampered with and trees are copied; commands of freshpyc run in between. Before and after every command, a real
 * interpreter imports all modules, and the test checks two rules:
 *
 * <ol>
 *   <li>A module that ran its source's code before a command runs its source's code after the command. An undo is an
 *       exception where it restores a file that ran wrong code before the repair.
 *   <li>After a repair that gives every file a hash, every module runs its source's code.
 * </ol>
 *
 * <p>Both rules exclude a body that was tampered with before any run had proven the pair, for as long as the body is in
 * place. A program that rewrites such a file gives the file the times of a compilation, so that only a compilation can
 * detect the change.
 */
class EvidenceHistoryTest {

    private static final List<String> MODULES = List.of("m0", "m1");
    private static final FileTime CLAMPED = FileTime.fromMillis(1_600_000_000_000L);
    private static final FileTime LATER = FileTime.fromMillis(1_700_000_000_000L);
    private static final Interpreter PYTHON = Interpreters.withFlags();

    private static int histories;
    private static int commands;
    private static int wrongBefore;

    /** An event in the tree or a command of freshpyc. */
    enum Step {
        EDIT(Kind.EVENT),
        UPGRADE_WITH_CLAMPED_TIMES(Kind.EVENT),
        UPGRADE_WITH_BYTECODE(Kind.EVENT),
        MOVE_TIMES(Kind.EVENT),
        MOVE_TIMES_BACK(Kind.EVENT),
        TAMPER_IN_PLACE(Kind.EVENT),
        TAMPER_BY_REPLACING(Kind.EVENT),
        RESTORE_OLD_BYTECODE(Kind.EVENT),
        RUN_AND_WRITE(Kind.EVENT),
        COPY_TREE(Kind.EVENT),
        REPOINT_LINK(Kind.EVENT),
        MOVE_OTHER_CACHE(Kind.EVENT),
        COMPILE_BY_OTHER_RELEASE(Kind.EVENT),
        REFRESH(Kind.REFRESH),
        SETTLED_REFRESH(Kind.REFRESH),
        PROVE(Kind.REFRESH),
        VERIFY(Kind.REFRESH),
        VERIFY_WITH_OTHER_RELEASE(Kind.REFRESH),
        REPAIR_AUTO(Kind.REPAIR),
        REPAIR_TIMESTAMP(Kind.REPAIR),
        REPAIR_CHECKED(Kind.REPAIR),
        REPAIR_UNCHECKED(Kind.REPAIR),
        REPAIR_IN_PLACE(Kind.REPAIR),
        UNDO(Kind.UNDO),
        SAVE_SNAPSHOT(Kind.REFRESH),
        ROLLBACK(Kind.ROLLBACK);

        private final Kind kind;

        Step(Kind kind) {
            this.kind = kind;
        }

        private enum Kind {
            EVENT,
            REFRESH,
            REPAIR,
            UNDO,
            ROLLBACK
        }

        /** Whether this step is a repair that gives every file a hash. */
        boolean writesHashes() {
            return this == REPAIR_CHECKED || this == REPAIR_UNCHECKED || this == REPAIR_IN_PLACE;
        }

        /** The options of a repair that converts every file; an empty list for every other step. */
        List<String> conversion() {
            return switch (this) {
                case REPAIR_TIMESTAMP -> List.of("--to", "timestamp");
                case REPAIR_CHECKED -> List.of("--to", "checked-hash");
                case REPAIR_UNCHECKED -> List.of("--to", "unchecked-hash");
                case REPAIR_IN_PLACE -> List.of("--to", "unchecked-hash", "--write", "in-place");
                default -> List.of();
            };
        }
    }

    /** A step and the module that it changes. A step that concerns the whole tree ignores the module. */
    record HistoryStep(Step step, String module) {}

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyHistoryKeepsTheRules(@ForAll("histories") List<HistoryStep> history) throws Exception {
        histories++;
        Path home = Files.createTempDirectory("history").toRealPath();
        try {
            new History(home).run(history);
        } finally {
            Trees.delete(home);
        }
    }

    /** An undo restores a timestamp header, which matches a source that was replaced after the repair. */
    @Example
    void anUndoAfterAnUpgradeKeepsTheRules() throws Exception {
        everyHistoryKeepsTheRules(of(Step.REPAIR_CHECKED, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.UNDO));
        everyHistoryKeepsTheRules(of(Step.REPAIR_IN_PLACE, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.UNDO));
        everyHistoryKeepsTheRules(
                of(Step.MOVE_TIMES, Step.REPAIR_TIMESTAMP, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.UNDO));
        everyHistoryKeepsTheRules(of(Step.MOVE_TIMES, Step.REPAIR_CHECKED, Step.MOVE_TIMES_BACK, Step.UNDO));
        everyHistoryKeepsTheRules(of(Step.EDIT, Step.REPAIR_AUTO, Step.MOVE_TIMES_BACK, Step.UNDO));
    }

    /**
     * A rollback restores old bytecode, which matches a source that was replaced since the snapshot, or may itself be
     * wrong.
     */
    @Example
    void aRollbackAfterAnUpgradeKeepsTheRules() throws Exception {
        everyHistoryKeepsTheRules(of(Step.SAVE_SNAPSHOT, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.ROLLBACK));
        everyHistoryKeepsTheRules(
                of(Step.SAVE_SNAPSHOT, Step.REPAIR_CHECKED, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.ROLLBACK));
        everyHistoryKeepsTheRules(of(Step.SAVE_SNAPSHOT, Step.TAMPER_IN_PLACE, Step.ROLLBACK));
        everyHistoryKeepsTheRules(
                of(Step.UPGRADE_WITH_CLAMPED_TIMES, Step.SAVE_SNAPSHOT, Step.REPAIR_CHECKED, Step.ROLLBACK));
        everyHistoryKeepsTheRules(of(
                Step.MOVE_TIMES,
                Step.EDIT,
                Step.SAVE_SNAPSHOT,
                Step.RUN_AND_WRITE,
                Step.MOVE_TIMES_BACK,
                Step.ROLLBACK));
    }

    /** Bytecode that is younger than its source, and is of another source all the same. */
    @Example
    void bytecodeOfAnotherSourceKeepsTheRules() throws Exception {
        for (Step step : List.of(Step.REPOINT_LINK, Step.MOVE_OTHER_CACHE)) {
            everyHistoryKeepsTheRules(of(step, Step.REPAIR_CHECKED));
            everyHistoryKeepsTheRules(of(step, Step.SETTLED_REFRESH, Step.MOVE_TIMES, Step.REPAIR_TIMESTAMP));
        }
    }

    /** A pair is refuted without the release that made its body, restored with that release, and its body is tampered with. */
    @Example
    void aRestoredPairKeepsTheRules() throws Exception {
        for (Step step : List.of(Step.TAMPER_IN_PLACE, Step.UPGRADE_WITH_CLAMPED_TIMES, Step.EDIT, Step.UNDO)) {
            everyHistoryKeepsTheRules(of(
                    Step.COMPILE_BY_OTHER_RELEASE,
                    Step.SETTLED_REFRESH,
                    Step.VERIFY,
                    Step.SETTLED_REFRESH,
                    Step.VERIFY_WITH_OTHER_RELEASE,
                    Step.REPAIR_CHECKED,
                    step,
                    Step.VERIFY_WITH_OTHER_RELEASE,
                    Step.REPAIR_UNCHECKED));
        }
    }

    private static List<HistoryStep> of(Step... steps) {
        return Arrays.stream(steps).map(step -> new HistoryStep(step, "m0")).toList();
    }

    @Provide
    Arbitrary<List<HistoryStep>> histories() {
        return Combinators.combine(Arbitraries.of(Step.values()), Arbitraries.of(MODULES))
                .as(HistoryStep::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(14);
    }

    @AfterContainer
    static void printCounts() {
        System.out.printf(
                "EvidenceHistoryTest: %s: %d histories, %d commands, %d modules ran wrong code before a command%n",
                PYTHON.name(), histories, commands, wrongBefore);
    }

    /**
     * One tree, and the facts that the rules need: the word in each source, the pairs that the index has proven, and
     * the bodies that were tampered with.
     */
    private static final class History {

        private final Path lib;
        private final Path index;
        private final Path backup;
        private final Path other;
        private final Map<String, String> words = new TreeMap<>();
        private final Map<String, String> proven = new HashMap<>();
        private final Map<String, Set<String>> tampered = new HashMap<>();
        private final Map<String, Set<String>> wrongBeforeRepair = new HashMap<>();
        private int edits;

        History(Path home) throws Exception {
            lib = Files.createDirectories(home.resolve("lib"));
            index = home.resolve("index");
            other = OtherRelease.of(PYTHON, home);
            backup = Files.createDirectories(home.resolve("backup"));
            for (String module : MODULES) {
                replaceSource(module, CLAMPED);
            }
            python("compile");
            for (String module : MODULES) {
                Files.copy(pyc(module), backup.resolve(module), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }

        void run(List<HistoryStep> history) throws Exception {
            for (HistoryStep historyStep : history) {
                if (historyStep.step().kind != Step.Kind.EVENT) {
                    command(historyStep.step(), history);
                } else {
                    apply(historyStep.step(), historyStep.module());
                }
            }
        }

        private void command(Step step, List<HistoryStep> history) throws Exception {
            commands++;
            Set<String> before = wrong();
            wrongBefore += before.size();
            Set<String> undetectable = tampered();
            String output = execute(step);
            Set<String> after = wrong();
            Set<String> allowed = new HashSet<>(before);
            allowed.addAll(undetectable);
            if (step.kind == Step.Kind.ROLLBACK) {
                allowed.addAll(tampered()); // the snapshot may have restored a tampered body
            }
            wrongBeforeRepair.forEach((journal, modules) -> {
                if (step == Step.UNDO && output.contains(journal)) {
                    allowed.addAll(modules);
                }
            });
            if (step.kind == Step.Kind.REPAIR) {
                for (String journal : journals()) {
                    wrongBeforeRepair.putIfAbsent(journal, before);
                }
            }
            assertThat(allowed).as("%s in %s: %s", step, history, output).containsAll(after);
            if (step.writesHashes()) {
                assertThat(undetectable)
                        .as("%s in %s: %s", step, history, output)
                        .containsAll(after);
            }
            notePairsThatTheIndexHasProven();
        }

        private List<String> journals() throws IOException {
            Path directory = index.resolve("undo");
            if (!Files.exists(directory)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(directory)) {
                return files.map(file -> file.getFileName().toString()).toList();
            }
        }

        private void notePairsThatTheIndexHasProven() throws IOException {
            proven.clear();
            for (String module : MODULES) {
                String answer = CommandLineRun.of("lookup", "--index", index, "--format", "json", pyc(module))
                        .out();
                if (answer.matches("(?s).*\"verdict\":\"(fresh|needless)\".*")
                        && !answer.contains("\"evidence\":null")) {
                    proven.put(module, contents(module));
                }
            }
        }

        private String execute(Step step) throws Exception {
            return switch (step) {
                case REFRESH -> command("refresh", "--index", index, lib);
                case SETTLED_REFRESH -> {
                    SettledRefresh.run(index, lib);
                    yield "";
                }
                case PROVE -> command("refresh", "--prove", "--python", PYTHON.executable(), "--index", index, lib);
                case VERIFY -> command("audit", "--verify", "--python", PYTHON.executable(), "--index", index, lib);
                case VERIFY_WITH_OTHER_RELEASE ->
                    command("audit", "--verify", "--python", other, "--index", index, lib);
                case REPAIR_AUTO -> repair(List.of("--to", "auto"));
                case UNDO -> command("undo", "--index", index, lib);
                case SAVE_SNAPSHOT -> {
                    SettledRefresh.run(index, lib);
                    yield command("snapshot", "--index", index, "save", nextWord(), lib);
                }
                case ROLLBACK -> command("snapshot", "--index", index, "rollback", lib);
                default -> repair(step.conversion());
            };
        }

        private String repair(List<String> options) {
            Object[] words = new Object[options.size() + 6];
            System.arraycopy(
                    new Object[] {"repair", "--index", index, "--python", PYTHON.executable(), lib}, 0, words, 0, 6);
            System.arraycopy(options.toArray(), 0, words, 6, options.size());
            return command(words);
        }

        private static String command(Object... words) {
            CommandLineRun run = CommandLineRun.of(words);
            return Arrays.toString(words) + " " + run.out() + run.err();
        }

        private void apply(Step step, String module) throws Exception {
            switch (step) {
                case EDIT -> {
                    words.put(module, nextWord());
                    Files.writeString(source(module), text(words.get(module)));
                }
                case UPGRADE_WITH_CLAMPED_TIMES -> {
                    replaceSource(module, CLAMPED);
                    writeRecord(module, false);
                }
                case UPGRADE_WITH_BYTECODE -> upgradeWithBytecode(module);
                case MOVE_TIMES -> Files.setLastModifiedTime(source(module), LATER);
                case MOVE_TIMES_BACK -> Files.setLastModifiedTime(source(module), CLAMPED);
                case TAMPER_IN_PLACE -> tamper(module, pyc(module));
                case TAMPER_BY_REPLACING -> {
                    Path other = lib.resolve("__pycache__/other");
                    Files.copy(pyc(module), other, StandardCopyOption.COPY_ATTRIBUTES);
                    tamper(module, other);
                    Files.move(other, pyc(module), StandardCopyOption.REPLACE_EXISTING);
                }
                case RESTORE_OLD_BYTECODE ->
                    Files.copy(
                            backup.resolve(module),
                            pyc(module),
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
                case RUN_AND_WRITE -> python("run");
                case COPY_TREE -> copyTree();
                case REPOINT_LINK -> repointLink(module);
                case MOVE_OTHER_CACHE -> moveOtherCache(module);
                case COMPILE_BY_OTHER_RELEASE -> compileByOtherRelease(module);
                default -> throw new IllegalArgumentException(step + " is a command");
            }
        }

        /** Replaces the word in the body. */
        private void tamper(String module, Path file) throws IOException {
            boolean unknown = !contents(module).equals(proven.get(module));
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            String changed = bytes.replaceAll("w[0-9]{4}", nextWord());
            Files.write(file, changed.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.TRUNCATE_EXISTING);
            if (unknown) {
                tampered.computeIfAbsent(module, _ -> new HashSet<>()).add(body(file));
            }
        }

        /** The modules whose body was tampered with before any run had proven the pair, and is still in place. */
        private Set<String> tampered() throws IOException {
            Set<String> modules = new HashSet<>();
            for (Map.Entry<String, Set<String>> entry : tampered.entrySet()) {
                if (entry.getValue().contains(body(pyc(entry.getKey())))) {
                    modules.add(entry.getKey());
                }
            }
            return modules;
        }

        /**
         * Installs the source and bytecode of a package, which were compiled in a build directory, and a RECORD with
         * the digests of both.
         */
        private void upgradeWithBytecode(String module) throws Exception {
            Path build = Files.createDirectories(lib.resolveSibling("build"));
            words.put(module, nextWord());
            Path built = Files.writeString(build.resolve(module + ".py"), text(words.get(module)));
            Files.setLastModifiedTime(built, CLAMPED);
            PYTHON.launcher().run("modules.py", List.of(), List.of("compile", build.toString()));
            Path compiled = build.resolve("__pycache__").resolve(pyc(module).getFileName());
            Files.setLastModifiedTime(compiled, CLAMPED);
            install(built, source(module));
            install(compiled, pyc(module));
            Trees.delete(build);
            writeRecord(module, true);
        }

        private static void install(Path from, Path to) throws IOException {
            Path fresh = to.resolveSibling(to.getFileName() + ".new");
            Files.copy(from, fresh, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(fresh, to, StandardCopyOption.REPLACE_EXISTING);
        }

        private void replaceSource(String module, FileTime mtime) throws IOException {
            words.put(module, nextWord());
            Path fresh = Files.writeString(lib.resolve(module + ".py.new"), text(words.get(module)));
            Files.setLastModifiedTime(fresh, mtime);
            Files.move(fresh, source(module), StandardCopyOption.REPLACE_EXISTING);
        }

        private void writeRecord(String module, boolean bytecode) throws IOException, NoSuchAlgorithmException {
            Path info = Files.createDirectories(lib.resolve(module + "-1.dist-info"));
            String rows = row(source(module)) + (bytecode ? row(pyc(module)) : "");
            Files.writeString(info.resolve("RECORD"), rows);
        }

        private String row(Path file) throws IOException, NoSuchAlgorithmException {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return lib.relativize(file) + ",sha256="
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + ",\n";
        }

        private void copyTree() throws Exception {
            Path copy = lib.resolveSibling("copy");
            assertThat(new ProcessBuilder("cp", "-a", lib.toString(), copy.toString())
                            .start()
                            .waitFor())
                    .isZero();
            Trees.delete(lib);
            Files.move(copy, lib);
        }

        /** Lets the name of the source lead to another file, which was there before the bytecode was written. */
        private void repointLink(String module) throws Exception {
            String word = nextWord();
            Path target = Files.createDirectories(lib.resolve("src")).resolve(word);
            Files.writeString(target, text(word));
            Files.setLastModifiedTime(target, CLAMPED);
            Files.setLastModifiedTime(source(module), CLAMPED);
            Files.delete(pyc(module));
            python("compile");
            Files.delete(source(module));
            Files.createSymbolicLink(source(module), lib.relativize(target));
            words.put(module, word);
        }

        /** Compiles another source of equal name, size and mtime elsewhere, and moves the bytecode here. */
        private void moveOtherCache(String module) throws Exception {
            replaceSource(module, CLAMPED);
            Path other = Files.createDirectories(lib.resolveSibling("other"));
            Path built = Files.writeString(other.resolve(module + ".py"), text(nextWord()));
            Files.setLastModifiedTime(built, CLAMPED);
            PYTHON.launcher().run("modules.py", List.of(), List.of("compile", other.toString()));
            Path compiled = other.resolve("__pycache__").resolve(pyc(module).getFileName());
            Files.move(compiled, pyc(module), StandardCopyOption.REPLACE_EXISTING);
            Trees.delete(other);
        }

        /** Replaces bytecode by that of another release, which works the same. */
        private void compileByOtherRelease(String module) throws IOException {
            Path maker = lib.resolveSibling("maker");
            Files.write(pyc(module), List.of("broken"));
            command("repair", "--index", maker, "--python", other, lib);
            Trees.delete(maker);
        }

        /** The modules that do not run their source's code. */
        private Set<String> wrong() {
            Map<String, String> found = new HashMap<>();
            for (String line : python("import")) {
                String[] parts = line.split(" ", 3);
                found.put(parts[1], parts[0].equals("VALUE") ? parts[2] : parts[0]);
            }
            Set<String> wrong = new HashSet<>();
            words.forEach((module, word) -> {
                if (!word.equals(found.get(module))) {
                    wrong.add(module);
                }
            });
            return wrong;
        }

        private List<String> python(String mode) {
            return PYTHON.launcher().run("modules.py", List.of(), List.of(mode, lib.toString()));
        }

        /** The current source and body of a module. */
        private String contents(String module) throws IOException {
            return Files.readString(source(module)) + body(pyc(module));
        }

        private static String body(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            byte[] body = Arrays.copyOfRange(bytes, PYTHON.headerLength(), bytes.length);
            return new String(body, StandardCharsets.ISO_8859_1);
        }

        private static String text(String word) {
            return "VALUE = '" + word + "'\n";
        }

        private String nextWord() {
            return "w%04d".formatted(edits++);
        }

        private Path source(String module) {
            return lib.resolve(module + ".py");
        }

        private Path pyc(String module) {
            return lib.resolve("__pycache__").resolve(module + "." + PYTHON.tag() + ".pyc");
        }
    }
}
