package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Undo and rollback in another root directory, for a source that is an absolute link. The link leads to a file inside the root,
 * whatever file this system has at that path; a real interpreter runs what is inside.
 */
@EnabledOnOs(OS.LINUX)
class SourceInRootTest {

    private static final FileTime OLD = FileTime.fromMillis(1_600_000_000_000L);
    private static final String PYC = "__pycache__/conf.cpython-312.pyc";

    @TempDir
    private Path directory;

    private Path image = Path.of("");
    private Path inside = Path.of("");
    private Path outside = Path.of("");
    private final Interpreter python = Interpreters.required("cpython 3.12");

    /** What this system has at the path that the link names. */
    enum Here {
        NOTHING,
        THE_OLD_SOURCE,
        ANOTHER_FILE;

        void make(Path file) throws IOException {
            Files.createDirectories(file.resolveSibling(""));
            switch (this) {
                case NOTHING -> {}
                case THE_OLD_SOURCE -> write(file, "VALUE = 111\n");
                case ANOTHER_FILE -> write(file, "VALUE = 'of this system'\n");
            }
        }
    }

    @BeforeEach
    void makeImage() throws IOException {
        image = directory.toRealPath().resolve("img");
        outside = directory.toRealPath().resolve("etc/conf.py");
        inside = Path.of(image + outside.toString());
        Path lib = Files.createDirectories(image.resolve("opt/lib"));
        Files.createDirectories(inside.resolveSibling(""));
        write(inside, "VALUE = 111\n");
        Files.createSymbolicLink(lib.resolve("conf.py"), outside);
        assertThat(run("repair", "--expect", "cpython-312", "--to", "unchecked-hash", "/opt/lib")
                        .code())
                .isZero();
        assertThat(imported()).containsExactly("VALUE conf 111");
    }

    @ParameterizedTest
    @EnumSource(Here.class)
    void undoLeavesAPycWhoseSourceChangedInsideTheRoot(Here here) throws Exception {
        here.make(outside);
        assertThat(run("repair", "--to", "timestamp", "/opt/lib").code()).isZero();
        edit(inside);

        CommandLineRun undo = run("undo");

        assertThat(undo.out()).contains("left: changing");
        assertThat(undo.code()).isEqualTo(1);
        assertThat(imported()).containsExactly("VALUE conf 777");
    }

    /** The journal says which root the run had. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void undoWithoutTheRootOptionComparesTheSourceInsideTheRoot(boolean changed) throws Exception {
        Here.THE_OLD_SOURCE.make(outside);
        byte[] before = pyc();
        assertThat(run("repair", "--to", "timestamp", "/opt/lib").code()).isZero();
        edit(changed ? inside : outside);

        CommandLineRun undo =
                CommandLineRun.of("undo", "--index", directory.resolve("index"), image.resolve("opt/lib"));

        assertThat(undo.code()).as(undo.out()).isEqualTo(changed ? 1 : 0);
        assertThat(Arrays.equals(pyc(), before)).isEqualTo(!changed);
        assertThat(imported()).containsExactly("VALUE conf " + (changed ? "777" : "111"));
    }

    @ParameterizedTest
    @EnumSource(Here.class)
    void undoRestoresAPycWhoseSourceIsUnchangedInsideTheRoot(Here here) throws Exception {
        byte[] before = pyc();
        assertThat(run("repair", "--to", "timestamp", "/opt/lib").code()).isZero();
        here.make(outside);

        CommandLineRun undo = run("undo");

        assertThat(undo.code()).as(undo.out()).isZero();
        assertThat(pyc()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Here.class)
    void undoOfACleanComparesTheSourceInsideTheRoot(Here here) throws Exception {
        here.make(outside);
        byte[] before = pyc();
        assertThat(run("clean", "--foreign", "--expect", "cpython-311", "/opt/lib")
                        .code())
                .isZero();
        assertThat(image.resolve("opt/lib").resolve(PYC)).doesNotExist();

        assertThat(run("undo").code()).isZero();
        assertThat(pyc()).isEqualTo(before);

        assertThat(run("clean", "--foreign", "--expect", "cpython-311", "/opt/lib")
                        .code())
                .isZero();
        edit(inside);
        assertThat(run("undo").out()).contains("left: changing");
        assertThat(image.resolve("opt/lib").resolve(PYC)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Here.class)
    void aRollbackComparesTheSourceInsideTheRoot(Here here) throws Exception {
        here.make(outside);
        byte[] before = pyc();
        CommandLineRun saved = run("snapshot", "save", "one", "/opt/lib");
        assertThat(saved.code()).as(saved.out() + saved.err()).isZero();
        assertThat(run("repair", "--to", "checked-hash", "/opt/lib").code()).isZero();
        CommandLineRun back = run("snapshot", "rollback", "/opt/lib");
        assertThat(back.out()).contains("put back: 1");
        assertThat(pyc()).isEqualTo(before);

        assertThat(run("repair", "--to", "checked-hash", "/opt/lib").code()).isZero();
        edit(inside);
        CommandLineRun rollback = run("snapshot", "rollback", "/opt/lib");

        assertThat(rollback.out()).contains("its source has changed since the save");
        assertThat(rollback.code()).isEqualTo(1);
        assertThat(imported()).containsExactly("VALUE conf 777");
    }

    /** A source that is not found now may be there again when the interpreter looks. */
    @Test
    void undoLeavesThePycOfASourceThatIsNotFound() throws Exception {
        assertThat(run("repair", "--to", "timestamp", "/opt/lib").code()).isZero();
        byte[] repaired = pyc();
        Files.delete(inside);

        assertThat(run("undo").out()).contains("left: changing");

        assertThat(pyc()).isEqualTo(repaired);
    }

    private CommandLineRun run(String command, Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        List<Object> options = new ArrayList<>(List.of("--root", image, "--index", directory.resolve("index")));
        if (command.equals("repair")) {
            options.addAll(List.of("--python", python.executable()));
        }
        int verb = command.equals("snapshot") ? 1 : 0;
        all.addAll(verb, options);
        return CommandLineRun.of(command, all.toArray());
    }

    private static void write(Path file, String source) throws IOException {
        Files.writeString(file, source);
        Files.setLastModifiedTime(file, OLD);
    }

    private static void edit(Path file) throws IOException {
        Files.writeString(file, "VALUE = 777\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
    }

    private byte[] pyc() throws IOException {
        return Files.readAllBytes(image.resolve("opt/lib").resolve(PYC));
    }

    /** What the interpreter of the image runs: it sees the file inside as the source. */
    private List<String> imported() throws IOException {
        Path view = Files.createTempDirectory(directory, "view");
        Files.createDirectory(view.resolve("__pycache__"));
        Files.copy(inside, view.resolve("conf.py"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.write(view.resolve(PYC), pyc());
        return python.launcher().run("modules.py", List.of(), List.of("import", view.toString()));
    }
}
