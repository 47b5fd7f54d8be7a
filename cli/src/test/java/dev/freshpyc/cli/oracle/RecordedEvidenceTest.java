package dev.freshpyc.cli.oracle;

import static dev.freshpyc.cli.oracle.ClampedModule.LATER;
import static dev.freshpyc.cli.oracle.ClampedModule.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The index keeps evidence: the proofs of earlier runs, and the digests of bodies, which reveal a changed body. */
@EnabledOnOs(OS.LINUX)
class RecordedEvidenceTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    private ClampedModule module = new ClampedModule(Path.of(""), Path.of(""));

    @BeforeEach
    void compileAModule() throws Exception {
        module = ClampedModule.make(directory);
    }

    @Test
    void aRefreshDoesNotRecordAPairWithAReplacedSourceAsProven() throws Exception {
        module.replace("other");
        module.refresh();
        Files.setLastModifiedTime(module.source(), LATER);

        assertThat(module.counts()).contains("1 stale").doesNotContain("needless");
        module.repair("--to", "unchecked-hash");
        assertThat(module.value()).isEqualTo("other");
    }

    /** The index records another body for this source, so the matching header of the changed file proves nothing. */
    @Test
    void aRepairReplacesABodyThatChangedUnderItsHeader() throws Exception {
        module.refresh();
        byte[] bytes = Files.readAllBytes(module.pyc());
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("first", "wrong");
        Files.write(module.pyc(), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(module.value()).as("the interpreter loads the changed file").isEqualTo("wrong");

        module.refresh();
        module.refresh();
        module.repair("--to", "unchecked-hash");

        assertThat(module.value()).isEqualTo("first");
    }

    @Test
    void laterRunsKnowThePairsThatARefreshProved() throws Exception {
        module.replace("first");
        assertThat(module.prove()).contains("1 proven, 0 wrong");
        assertThat(module.auditWithIndex()).contains("\"verdict\":\"fresh\"", "\"evidence\":\"index\"");
        assertThat(module.prove()).as("nothing is left to compile").contains("0 proven, 0 wrong");

        Files.setLastModifiedTime(module.source(), LATER);
        assertThat(module.auditWithIndex()).contains("\"verdict\":\"needless\"", "\"evidence\":\"index\"");
    }

    @Test
    void aRefreshProvesBytecodeWhoseSourceHasAnotherMtime() throws Exception {
        Files.setLastModifiedTime(module.source(), LATER);
        assertThat(module.prove()).contains("1 proven, 0 wrong");
        assertThat(module.auditWithIndex()).contains("\"verdict\":\"needless\"", "\"evidence\":\"index\"");
    }

    @Test
    void aRefreshThatComparesCodeFindsWrongCode() throws Exception {
        module.replace("other");
        assertThat(module.prove()).contains("0 proven, 1 wrong");
        assertThat(module.auditWithIndex())
                .contains(
                        "\"verdict\":\"impostor\",\"interpreter\":\"loads\",\"reason\":\"code\",\"evidence\":\"recompiled\"");
        assertThat(module.prove()).as("nothing is compiled twice").contains("0 proven, 0 wrong");

        Path copy = module.lib().resolve("__pycache__/copy");
        Files.copy(module.pyc(), copy);
        Files.move(copy, module.pyc(), StandardCopyOption.REPLACE_EXISTING);
        module.refresh();
        assertThat(module.auditWithIndex())
                .as("the same code in a file that was born later")
                .contains("\"verdict\":\"impostor\"");

        module.repair("--to", "unchecked-hash");
        assertThat(module.value()).isEqualTo("other");
    }

    @Test
    void anUndoRestoresTheRecordInTheIndex() throws Exception {
        module.refresh();
        module.replace("other");
        module.refresh();
        String before = module.auditWithIndex();
        String byContent =
                "\"verdict\":\"impostor\",\"interpreter\":\"loads\",\"reason\":\"content\",\"evidence\":\"index\"";
        assertThat(before).contains(byContent);
        module.repair("--to", "unchecked-hash");
        assertThat(module.auditWithIndex()).contains("\"verdict\":\"fresh\"");

        run("undo", "--index", module.index(), module.lib());

        assertThat(module.auditWithIndex())
                .as("as before, but for what the repair has learned by compiling")
                .isEqualTo(before.replace(
                        byContent, byContent.replace("content", "code").replace("index", "recompiled")));
        assertThat(run("lookup", "--index", module.index(), module.source()).out())
                .contains("impostor");
    }
}
