package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documents of {@code audit --format sarif} follow the published schema of SARIF 2.1.0. */
class SarifReportTest {

    private static final String SCHEMA = "sarif-2.1.0-rtm.5.json";

    @TempDir
    Path directory = Path.of("");

    private Pairs tree() {
        return new Pairs(directory);
    }

    private JsonNode run(Object... more) throws Exception {
        String document = CommandLineRun.of("audit", "--no-index", "--format", "sarif", more)
                .out();
        Schemas.requireJson(SCHEMA, document);
        return JsonMapper.shared().readTree(document).at("/runs/0");
    }

    @Test
    void everyKindOfFindingIsValid() throws Exception {
        tree().fresh("a")
                .stale("pkg/b")
                .impostor("c")
                .fatal("d")
                .source("e.py")
                .file("__pycache__/gone.cpython-311.pyc", new byte[0])
                .file("legacy.pyc", new byte[2])
                .pair("f", new byte[3])
                .stale("p\udcff/new\nline \"<%:")
                .stale("\ud83d\ude00 \u202e");

        JsonNode run = run("--all", "--expect", "cpython-311", directory, directory.resolve("none"));

        assertThat(run.at("/results").size()).isEqualTo(10);
        assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isFalse();
        assertThat(run.at("/invocations/0/toolExecutionNotifications/0/message/text")
                        .asString())
                .isEqualTo(directory + "/none could not be read: ENOENT");
        List<String> ids = new ArrayList<>();
        run.at("/tool/driver/rules").forEach(rule -> ids.add(rule.at("/id").asString()));
        assertThat(ids)
                .contains("stale/mtime", "impostor/hash", "missing/absent")
                .isSorted();
        run.at("/results")
                .forEach(result -> assertThat(ids).contains(result.at("/ruleId").asString()));
    }

    /** A reader takes a missing result for a solved one. */
    @Test
    void anAuditThatMissesSomethingIsNotSuccessful() throws Exception {
        tree().fresh("a").source("b.py");
        assertThat(run(directory).at("/invocations/0/executionSuccessful").asBoolean())
                .isTrue();

        JsonNode few = run("--min-files", "9", directory).at("/invocations/0");
        assertThat(few.at("/executionSuccessful").asBoolean()).isFalse();
        assertThat(few.at("/toolExecutionNotifications/0/message/text").asString())
                .isEqualTo("1 bytecode file judged, but --min-files asks for 9");
        Files.createSymbolicLink(
                Files.createDirectories(tree().at("__pycache__")).resolve("b.cpython-311.pyc"),
                Path.of("x".repeat(300))); // a link that the system does not follow, since the name is too long
        JsonNode unread = run(directory).at("/invocations/0");
        assertThat(unread.at("/executionSuccessful").asBoolean()).isFalse();
        assertThat(unread.at("/toolExecutionNotifications/0/message/text").asString())
                .isEqualTo("in " + directory + ", files or directories could not be read: 1");
    }

    @Test
    void theSchemaRejectsAnInvalidDocument() {
        assertThatThrownBy(() -> Schemas.requireJson(SCHEMA, "{\"version\":\"2.1.0\",\"runs\":[{\"results\":[{}]}]}"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aResultNamesTheSourceAndTheBytecode() throws Exception {
        tree().stale("pkg/a b");

        JsonNode result = run(directory).at("/results/0");

        assertThat(result.at("/ruleId").asString()).isEqualTo("stale/mtime");
        assertThat(result.at("/level").asString()).isEqualTo("warning");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo("file://" + directory + "/pkg/a%20b.py");
        assertThat(result.at("/relatedLocations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo("file://" + directory + "/pkg/__pycache__/a%20b.cpython-311.pyc");
        assertThat(result.at("/message/text").asString())
                .isEqualTo("pkg/__pycache__/a b.cpython-311.pyc is stale (mtime): the interpreter distrusts it and"
                        + " compiles the source. To fix: compile the source with that interpreter.");
    }

    @Test
    void aRuleHasTheHelpOfThePages() throws Exception {
        tree().stale("a");

        JsonNode rule = run(directory).at("/tool/driver/rules/0");

        assertThat(rule.at("/name").asString()).isEqualTo("StaleMtime");
        assertThat(rule.at("/shortDescription/text").asString())
                .isEqualTo("Python rejects the bytecode, and nothing proves that it is the source's.");
        assertThat(rule.at("/fullDescription/text").asString())
                .containsOnlyOnce("Python compiles the source, and writes the result");
        assertThat(rule.at("/help/text").asString())
                .startsWith("`freshpyc repair` compiles the source")
                .doesNotContain("```", "](", "<!--");
        assertThat(rule.at("/help/markdown").asString())
                .startsWith("# stale\n")
                .contains("# mtime\n")
                .doesNotContain("](");
    }

    /** A fingerprint does not depend on the number of workers, the times in the header or other findings. */
    @Test
    void aFingerprintStaysTheSame() throws Exception {
        tree().stale("pkg/a").stale("pkg/b");
        String first = fingerprint(run("-j", "1", directory), 0);
        assertThat(first).matches("[0-9a-f]{64}").isNotEqualTo(fingerprint(run(directory), 1));

        tree().stale("aa").pair("pkg/a", Pairs.header(3495, 0, Pairs.MTIME - 99, 7), (byte) 0xe3);

        assertThat(fingerprint(run("-j", "4", directory), 1)).isEqualTo(first);
    }

    private static String fingerprint(JsonNode run, int result) {
        return run.at("/results/" + result + "/partialFingerprints/freshpyc~1v1")
                .asString();
    }
}
