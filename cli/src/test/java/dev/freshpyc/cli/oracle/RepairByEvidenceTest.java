package dev.freshpyc.cli.oracle;

import static dev.freshpyc.cli.oracle.ClampedModule.LATER;
import static dev.freshpyc.cli.oracle.ClampedModule.run;
import static dev.freshpyc.cli.oracle.CompiledModule.PYTHON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repair keeps a body if evidence or a compilation shows that the body belongs to the source, and chooses the kind of
 * header by the mtimes of the sources. Imports by a real interpreter show that the source's code runs in the end.
 */
@EnabledOnOs(OS.LINUX)
class RepairByEvidenceTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private ClampedModule module = new ClampedModule(Path.of(""), Path.of(""));

    @BeforeEach
    void compileAModule() throws Exception {
        module = ClampedModule.make(directory);
    }

    /**
     * At an upgrade, a package with clamped times replaces a source. The old bytecode stays and matches the new source.
     */
    @Test
    void aRepairCompilesASourceThatWasReplacedWithEqualSizeAndMtime() throws Exception {
        module.replace("other");
        assertThat(module.audit()).contains("\"verdict\":\"fresh\"", "\"evidence\":null");

        module.repair("--to", "unchecked-hash");

        assertThat(module.value()).isEqualTo("other");
    }

    @Test
    void anUnprovenBodyWithTheSourcesCodeIsKept() throws Exception {
        module.replace("first");
        byte[] before = Files.readAllBytes(module.pyc());

        assertThat(module.repair("--to", "checked-hash").out()).contains("1 ");

        byte[] after = Files.readAllBytes(module.pyc());
        assertThat(Arrays.copyOfRange(after, 16, after.length))
                .isEqualTo(Arrays.copyOfRange(before, 16, before.length));
        assertThat(module.value()).isEqualTo("first");
    }

    @Test
    void nobodyCanAssumeThatABodyOfASourceOfAnotherSizeMatches() throws Exception {
        module.write("longer than first");
        Files.setLastModifiedTime(module.source(), LATER);

        module.repair("--assume-matching");

        assertThat(module.value()).isEqualTo("longer than first");
    }

    /** An undo restores the old bytes together with their old evidence. */
    @Test
    void afterAnUndoTheOldBodyIsNotProvenForTheNewSource() throws Exception {
        module.refresh();
        module.replace("other");
        module.repair("--to", "unchecked-hash");
        assertThat(module.value()).isEqualTo("other");

        run("undo", "--index", module.index(), module.lib());
        assertThat(module.value()).as("as before the repair").isEqualTo("first");
        module.repair("--to", "unchecked-hash");

        assertThat(module.value()).isEqualTo("other");
    }

    /** The old header would match the new source by size and mtime, and old code would run. */
    @Test
    void anUndoLeavesAPycWhoseSourceHasChangedSince() throws Exception {
        module.repair("--to", "checked-hash");
        module.replace("other");
        assertThat(module.value()).as("compiled, since the hash differs").isEqualTo("other");

        CommandLineRun undo = CommandLineRun.of("undo", "--index", module.index(), module.lib());

        assertThat(undo.code()).as(undo.err()).isOne();
        assertThat(undo.out() + undo.err()).contains("its source changed since the repair");
        assertThat(module.value()).isEqualTo("other");
    }

    @Test
    void autoLeavesFreshFilesAsTheyAre() throws Exception {
        module.replace("first");
        byte[] before = Files.readAllBytes(module.pyc());

        module.repair("--to", "auto");

        assertThat(Files.readAllBytes(module.pyc())).isEqualTo(before);
    }

    /** Only one source of the tree has another mtime than at the compilation. */
    @Test
    void autoWritesTimestampsWhereTheyCanBeTrusted() throws Exception {
        for (int i = 0; i < 30; i++) {
            Path source = Files.writeString(module.lib().resolve("more" + i + ".py"), "VALUE = " + i + "\n");
            Files.setLastModifiedTime(source, FileTime.fromMillis(1_650_000_000_000L + i * 1000L));
        }
        module.compile();
        module.refresh();
        Files.setLastModifiedTime(module.source(), LATER);

        assertThat(module.repair("--format", "jsonl").out()).contains("\"evidence\":\"index\"");

        assertThat(module.audit())
                .contains("{\"magic\":" + PYTHON.magicNumber() + ",\"kind\":\"timestamp\",\"mtime\":1700000000,")
                .doesNotContain("checked-hash");
        assertThat(Imports.of(PYTHON, module.lib()).compiled()).isEmpty();
    }

    /**
     * The mtimes of the sources have changed, as in a checkout or a copy. The next checkout will change them again.
     */
    @Test
    void autoWritesHashesWhereTimesCannotBeTrusted() throws Exception {
        for (int i = 0; i < 30; i++) {
            Files.writeString(module.lib().resolve("more" + i + ".py"), "VALUE = " + i + "\n");
        }
        module.compile();
        module.refresh();
        for (int i = 0; i < 30; i++) {
            FileTime moved = FileTime.fromMillis(1_650_000_000_000L + i * 1000L);
            Files.setLastModifiedTime(module.lib().resolve("more" + i + ".py"), moved);
        }

        module.repair("--to", "auto");

        assertThat(module.audit()).contains("\"kind\":\"checked-hash\"");
        assertThat(Imports.of(PYTHON, module.lib()).compiled()).isEmpty();
    }
}
