package dev.freshpyc.indexer.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.RealPythons;
import dev.freshpyc.indexer.environment.Script;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.RejectedInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The locator probes likely programs first, checks tag and magic, and never starts a program that it cannot trust. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fakes are shell scripts")
class InterpreterLocatorTest {

    private static final WantedInterpreter PYTHON_3_11 = WantedInterpreter.of(CacheTag.of("cpython-311"));
    private static final String ANSWER_3_11 = "63707974686f6e 3 11 332e31312e37 a70d0d0a 63707974686f6e2d333131";
    private static final String ANSWER_3_9 = "63707974686f6e 3 9 332e39 610d0d0a 63707974686f6e2d3339";
    private static final String ANSWER_2_7 = "63707974686f6e 2 7 322e372e3138 03f30d0a 2d";

    @TempDir
    private Path directory;

    private Path log = Path.of("");
    private final Map<String, String> environment = new HashMap<>();
    private final List<Path> scanned = new ArrayList<>();
    private boolean root;

    @BeforeEach
    void createTheLog() throws IOException {
        log = Files.createFile(directory.resolve("log"));
    }

    @Test
    void theProgramNamedAfterTheVersionIsProbedFirstAndAlone() throws IOException {
        fake("a/python3", ANSWER_3_9);
        Path expected = fake("b/python3.11", ANSWER_3_11);
        path("a", "b");
        InterpreterLocator locator = locator();

        assertThat(found(locator, PYTHON_3_11)).hasValue(expected);
        assertThat(found(locator, PYTHON_3_11)).hasValue(expected);
        assertThat(started()).containsExactly("b/python3.11");
    }

    @Test
    void oneProgramOfEachReleaseIsFound() throws IOException {
        Path first = fake("a/python3.11", ANSWER_3_11);
        Path second = fake("b/python3.11", ANSWER_3_11.replace(" 3 11 ", " 3 11 322e"));
        fake("c/python3.11", ANSWER_3_11);
        fake("c/python3", ANSWER_3_9);
        path("a", "b", "c");

        assertThat(locator().findReleases(PYTHON_3_11))
                .extracting(found -> Path.of(found.executable().toPython()))
                .containsExactly(first, second);
    }

    @Test
    void theNameOfAProgramDoesNotDecideItsVersion() throws IOException {
        fake("a/python3.11", ANSWER_3_9);
        Path expected = fake("b/python", ANSWER_3_11);
        path("a", "b");
        InterpreterLocator locator = locator();

        assertThat(found(locator, PYTHON_3_11)).hasValue(expected);
        assertThat(found(locator, WantedInterpreter.of(CacheTag.of("cpython-39"))))
                .hasValue(directory.resolve("a/python3.11"));
        assertThat(found(locator, WantedInterpreter.of(CacheTag.of("cpython-38"))))
                .isEmpty();
        assertThat(started()).containsExactly("a/python3.11", "b/python");
    }

    @Test
    void aGivenPathIsProbedFirst() throws IOException {
        fake("a/python3.11", ANSWER_3_11);
        path("a");
        Path given = fake("given/mine", ANSWER_3_11);

        assertThat(found(locator(given.toString()), PYTHON_3_11)).hasValue(given);
        assertThat(started()).containsExactly("given/mine");
    }

    @Test
    void aGivenRelativePathBecomesAbsolute() throws IOException {
        Path given = fake("given/mine", ANSWER_3_11, Path.of(""));
        Path relative = Path.of("").toAbsolutePath().relativize(given.toAbsolutePath());

        assertThat(found(locator(relative.toString()), PYTHON_3_11))
                .hasValueSatisfying(found -> assertThat(found).isAbsolute().hasSameBinaryContentAs(given));
    }

    @Test
    void aGivenNameIsFoundOnPath() throws IOException {
        Path given = fake("a/mine", ANSWER_3_11);
        path("a");

        assertThat(found(locator("mine"), PYTHON_3_11)).hasValue(given);
    }

    @Test
    void tagAndMagicMustBothMatch() throws IOException {
        Path python = fake("a/python", ANSWER_3_11);
        Path old = fake("a/python2", ANSWER_2_7);
        path("a");

        assertThat(found(locator(), WantedInterpreter.of(CacheTag.of("cpython-311"), Magic.of(3495))))
                .hasValue(python);
        assertThat(found(locator(), WantedInterpreter.of(CacheTag.of("cpython-311"), Magic.of(3494))))
                .isEmpty();
        assertThat(found(locator(), WantedInterpreter.of(CacheTag.of("mine"), Magic.of(3495))))
                .isEmpty();
        assertThat(found(locator(), WantedInterpreter.of(Magic.of(62211)))).hasValue(old);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WantedInterpreter(Optional.empty(), Optional.empty()));
    }

    @Test
    void theVersionsOfPyenvArePreferredToTheShims() throws IOException {
        fake("pyenv/shims/python3.11", ANSWER_3_11);
        Path version = fake("pyenv/versions/3.11.7/bin/python", ANSWER_3_11);
        path("pyenv/shims");
        environment.put("PYENV_ROOT", directory.resolve("pyenv").toString());

        assertThat(found(locator(), PYTHON_3_11)).hasValue(version);
        assertThat(started()).containsExactly("pyenv/versions/3.11.7/bin/python");
        assertThat(found(locator("python3.11"), PYTHON_3_11))
                .as("named by the user")
                .hasValue(directory.resolve("pyenv/shims/python3.11"));
    }

    @Test
    void theVersionsOfPyenvTakeThePlaceOfAShimOnPath() throws IOException {
        fake("pyenv/shims/python3.11", ANSWER_3_11);
        Path version = fake("pyenv/versions/3.11.7/bin/python", ANSWER_3_11);
        Path system = fake("usr/python3.11", ANSWER_3_11);
        environment.put("PYENV_ROOT", directory.resolve("pyenv").toString());

        path("pyenv/shims", "usr");
        assertThat(found(locator(), PYTHON_3_11)).hasValue(version);
        path("usr", "pyenv/shims");
        assertThat(found(locator(), PYTHON_3_11)).hasValue(system);
    }

    @Test
    void pyenvAndTheVirtualEnvironmentAreSearched() throws IOException {
        fake("pyenv/versions/3.9.1/bin/python", ANSWER_3_9);
        fake("pyenv/versions/3.10.0/bin/python", ANSWER_3_9);
        fake("pyenv/versions/mine/bin/python", ANSWER_3_9);
        Path matching = fake("pyenv/versions/3.11.7/bin/python", ANSWER_3_11);
        environment.put("PYENV_ROOT", directory.resolve("pyenv").toString());
        assertThat(found(locator(), PYTHON_3_11)).hasValue(matching);
        assertThat(started()).containsExactly("pyenv/versions/3.11.7/bin/python");

        Path active = fake("venv/bin/python", ANSWER_2_7);
        environment.put("VIRTUAL_ENV", directory.resolve("venv").toString());
        assertThat(found(locator(), WantedInterpreter.of(Magic.of(62211)))).hasValue(active);

        environment.clear();
        environment.put("HOME", directory.toString());
        Files.move(directory.resolve("pyenv"), directory.resolve(".pyenv"));
        assertThat(found(locator(), PYTHON_3_11)).hasValue(directory.resolve(".pyenv/versions/3.11.7/bin/python"));
    }

    @Test
    void aProgramThatFailsIsRejected() throws IOException {
        Path broken = Path.of(Script.write(Files.createDirectories(directory.resolve("a")), "python3.11", "exit 9"));
        Path expected = fake("b/python3.11", ANSWER_3_11);
        path("a", "b");
        InterpreterLocator locator = locator("/no/such/python");

        assertThat(found(locator, PYTHON_3_11)).hasValue(expected);
        assertThat(locator.rejected(PYTHON_3_11))
                .extracting(RejectedInterpreter::program)
                .containsExactly(RawPath.of("/no/such/python"), RawPath.of(broken.toString()));
        assertThat(locator.rejected(PYTHON_3_11).getLast().reason()).contains("failed with exit status 9");
    }

    @Test
    void relativeDirectoriesOfPathAreIgnored() throws IOException {
        fake("a/python3.11", ANSWER_3_11);
        Path here = Path.of("").toAbsolutePath();
        environment.put("PATH", ":.:" + here.relativize(directory.resolve("a").toAbsolutePath()));

        assertThat(found(locator(), PYTHON_3_11)).isEmpty();
        assertThat(started()).isEmpty();
    }

    @Test
    void aProgramInAScannedTreeIsNotStartedUnlessGiven() throws IOException {
        Path inside = fake("tree/bin/python3.11", ANSWER_3_11);
        Files.createDirectories(directory.resolve("links"));
        Files.createSymbolicLink(directory.resolve("links/python3"), inside);
        Path wrapper = fake("wrap/python", ANSWER_3_11, inside);
        scanned.add(directory.resolve("tree"));
        path("tree/bin", "links", "wrap");
        InterpreterLocator locator = locator();

        assertThat(found(locator, PYTHON_3_11)).isEmpty();
        assertThat(started()).containsExactly("wrap/python");
        assertThat(locator.rejected(PYTHON_3_11))
                .hasSize(3)
                .allSatisfy(rejected -> assertThat(rejected.reason()).isEqualTo("lies in a scanned tree"));
        assertThat(found(locator(inside.toString()), PYTHON_3_11)).hasValue(inside);
        assertThat(found(locator(wrapper.toString()), PYTHON_3_11)).hasValue(inside);
    }

    @Test
    void rootDoesNotStartProgramsThatOthersCanReplace() throws IOException {
        assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "NOT RUN: only root can give files away");
        root = true;
        Path theirs = fake("theirs/python3.11", ANSWER_3_11);
        Files.setAttribute(theirs, "unix:uid", 12345);
        Path open = fake("open/python3.11", ANSWER_3_11);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path home = fake("home/python3.11", ANSWER_3_11);
        Files.setAttribute(directory.resolve("home"), "unix:uid", 12345);
        Path shared = fake("shared/python3.11", ANSWER_3_11);
        Files.setPosixFilePermissions(directory.resolve("shared"), PosixFilePermissions.fromString("rwxr-xrwx"));
        path("theirs", "open", "home", "shared");
        InterpreterLocator locator = locator();

        assertThat(found(locator, PYTHON_3_11)).isEmpty();
        assertThat(started()).isEmpty();
        assertThat(locator.rejected(PYTHON_3_11))
                .extracting(RejectedInterpreter::program)
                .containsExactlyElementsOf(Stream.of(theirs, open, home, shared)
                        .map(program -> RawPath.of(program.toString()))
                        .toList());
        assertThat(found(locator(theirs.toString()), PYTHON_3_11)).hasValue(theirs);

        root = false;
        assertThat(found(locator(), PYTHON_3_11)).hasValue(theirs);
    }

    @Test
    void theProgramBehindAWrapperIsPreferredIfItIsTheSameInterpreter() throws IOException {
        Path behind = fake("behind/python", ANSWER_3_11);
        Path other = fake("behind/other", ANSWER_3_9);
        fake("a/python3.11", ANSWER_3_11, behind);
        Path mismatched = fake("b/python3.11", ANSWER_3_11, other);

        path("a");
        assertThat(found(locator(), PYTHON_3_11)).hasValue(behind);
        path("b");
        assertThat(found(locator(), PYTHON_3_11)).hasValue(mismatched);
    }

    @Test
    void anAbsenceIsExplainedByTheProgramsThatWereRejected() throws IOException {
        Path other = fake("a/python3.11", ANSWER_3_9);
        Path silent = Path.of(Script.write(Files.createDirectories(directory.resolve("b")), "python3", "exit 9"));
        Path inside = fake("tree/bin/python", ANSWER_3_11);
        scanned.add(directory.resolve("tree"));
        path("a", "b", "tree/bin");
        InterpreterLocator locator = locator();

        assertThat(locator.explainAbsence(WantedInterpreter.of(CacheTag.of("cpython-311"), Magic.of(3495))))
                .isEqualTo("no interpreter with magic 3495 (cpython-311): " + other + " has magic 3425 (cpython-39); "
                        + silent + " failed with exit status 9; " + inside + " lies in a scanned tree");
        assertThat(locator.explainAbsence(WantedInterpreter.of(Magic.of(62211))))
                .as("programs that other searches started are named, too")
                .startsWith("no interpreter with magic 62211: ")
                .contains(other + " has magic 3425 (cpython-39)");
    }

    @Test
    void anAbsenceIsExplainedInALineOfBoundedLength() throws IOException {
        String[] folders =
                Stream.iterate(0, i -> i + 1).limit(40).map(i -> "folder" + i).toArray(String[]::new);
        for (String folder : folders) {
            fake(folder + "/python3", ANSWER_3_9);
        }
        path(folders);

        assertThat(locator().explainAbsence(PYTHON_3_11))
                .startsWith("no interpreter with tag cpython-311: " + directory.resolve("folder0/python3"))
                .matches(".*; and \\d+ more")
                .hasSizeLessThan(450);
    }

    @Test
    void anAbsenceWithoutAnyProgramNamesThePlaces() {
        assertThat(locator().explainAbsence(WantedInterpreter.of(Magic.of(62211))))
                .isEqualTo("no interpreter with magic 62211 on PATH, in pyenv or in a virtual environment");
    }

    @TestFactory
    Stream<DynamicTest> everyRealInterpreterIsFoundByItsOwnTagAndMagic() throws InterruptedException {
        return RealPythons.each(executable -> {
            var known =
                    InterpreterProbe.within(RealPythons.LIMIT).probe(executable).interpreter();
            var wanted = new WantedInterpreter(known.tag().map(CacheTag::of), Optional.of(known.magic()));
            environment.put("PATH", Path.of(executable).resolveSibling("").toString());

            assertThat(locator().find(wanted)).hasValueSatisfying(located -> {
                assertThat(located.interpreter()).isEqualTo(known);
                assertThat(Path.of(located.executable().toPython())).isExecutable();
            });
        });
    }

    private InterpreterLocator locator(String... given) {
        return new InterpreterLocator(
                List.of(given),
                environment,
                new StartPolicy(
                        root, scanned.stream().map(InterpreterLocatorTest::real).toList()),
                InterpreterProbe.within(RealPythons.LIMIT));
    }

    private static Optional<Path> found(InterpreterLocator locator, WantedInterpreter wanted) {
        return locator.find(wanted).map(found -> Path.of(found.executable().toPython()));
    }

    private Path fake(String name, String answer) throws IOException {
        return fake(name, answer, directory.resolve(name));
    }

    /** A script that logs its name and answers as the interpreter {@code program} would. */
    private Path fake(String name, String answer, Path program) throws IOException {
        String words =
                answer + " " + HexFormat.of().formatHex(program.toString().getBytes(StandardCharsets.UTF_8));
        Path folder = Files.createDirectories(directory.resolve(name).resolveSibling(""));
        return Path.of(Script.write(
                folder,
                name.substring(name.lastIndexOf('/') + 1),
                "echo " + name + " >> " + Script.quoted(log) + "; echo '<freshpyc " + words + "     freshpyc>'"));
    }

    private void path(String... directories) {
        environment.put(
                "PATH",
                String.join(
                        ":",
                        Stream.of(directories)
                                .map(directory::resolve)
                                .map(Path::toString)
                                .toList()));
    }

    private List<String> started() throws IOException {
        return Files.readAllLines(log);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
