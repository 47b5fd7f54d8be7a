package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON reports of {@code audit}. Their fields and field order are a contract with other programs. */
class JsonReportTest {

    private static final List<String> FIELDS =
            List.of("source", "pyc", "entry", "tag", "opt", "verdict", "interpreter", "reason", "evidence", "header");

    @TempDir
    Path directory = Path.of("");

    private Pairs tree() {
        return new Pairs(directory);
    }

    private List<String> jsonl(Object... more) {
        return CommandLineRun.of("audit", "--format", "jsonl", more, directory).lines();
    }

    @Test
    void aLineHasTheDocumentedFields() throws Exception {
        tree().stale("pkg/a");

        assertThat(jsonl())
                .containsExactly("{\"source\":\"pkg/a.py\",\"pyc\":\"pkg/__pycache__/a.cpython-311.pyc\","
                        + "\"entry\":\"" + directory + "\",\"tag\":\"cpython-311\",\"opt\":\"\",\"verdict\":\"stale\","
                        + "\"interpreter\":\"recompiles\",\"reason\":\"mtime\",\"evidence\":\"header\","
                        + "\"header\":{\"magic\":3495,\"kind\":\"timestamp\",\"mtime\":1699999991,\"size\":6}}");
    }

    @Test
    void aHashHeaderIsShownWithItsHash() throws Exception {
        tree().impostor("a");

        assertThat(jsonl())
                .singleElement()
                .asString()
                .contains("\"verdict\":\"impostor\"", "\"evidence\":\"hash-header\"")
                .endsWith(
                        "\"header\":{\"magic\":3495,\"kind\":\"unchecked-hash\",\"hash\":\"0403020108070605\"},\"body\":\"unread\"}");
    }

    @Test
    void freshFilesAreShownOnRequest() throws Exception {
        tree().fresh("a").stale("b");

        assertThat(jsonl()).hasSize(1);
        assertThat(jsonl("--all"))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"verdict\":\"fresh\"", "\"reason\":\"match\"");
    }

    @Test
    void absentValuesAreNull() throws Exception {
        tree().source("a.py")
                .file("__pycache__/gone.cpython-311.pyc", new byte[0])
                .file("b.pyc", new byte[2]);

        var findings =
                jsonl("--expect", "cpython-312:1").stream().map(Json::object).toList();

        assertThat(findings).allSatisfy(finding -> assertThat(finding.keySet()).containsExactlyElementsOf(FIELDS));
        assertThat(findings)
                .anySatisfy(missing -> assertThat(missing)
                        .containsEntry("verdict", "missing")
                        .containsEntry("pyc", null)
                        .containsEntry("header", null)
                        .containsEntry("tag", "cpython-312")
                        .containsEntry("opt", "1")
                        .containsEntry("evidence", null));
        assertThat(findings)
                .anySatisfy(orphan ->
                        assertThat(orphan).containsEntry("verdict", "orphaned").containsEntry("source", null));
        assertThat(findings)
                .anySatisfy(legacy -> assertThat(legacy)
                        .containsEntry("verdict", "malformed")
                        .containsEntry("tag", null)
                        .containsEntry("interpreter", "fails"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new\nline",
                "esc\u001b[31m",
                "quote\"back\\slash",
                "\u00e9\u20ac\ud83d\ude00",
                "\udcff",
                "a\udc80b\udcc3",
                "\u2028\u202e"
            })
    void everyFileNameIsPreserved(String name) throws Exception {
        tree().stale("p" + name + "/" + name);

        Map<String, @Nullable Object> finding = Json.object(jsonl().getFirst());

        assertThat(jsonl()).hasSize(1).first().asString().isASCII();
        assertThat(finding).containsEntry("source", "p" + name + "/" + name + ".py");
        assertThat(finding).containsEntry("pyc", Pairs.cached("p" + name + "/" + name));
    }

    @Test
    void aDocumentHasEntriesAndFindings() throws Exception {
        tree().fresh("a").stale("b").impostor("c");
        CommandLineRun run = CommandLineRun.of("audit", "--format", "json", directory, directory.resolve("none"));
        var document = Json.object(run.out());

        assertThat(document.keySet()).containsExactlyInAnyOrder("tool", "version", "schema", "entries", "findings");
        assertThat(document).containsEntry("tool", "freshpyc");
        assertThat((List<?>) Objects.requireNonNull(document.get("findings"))).hasSize(2);
        assertThat(entry(document, 0))
                .containsEntry("path", directory.toString())
                .containsEntry("pycs", 3L)
                .containsEntry("verdicts", Map.of("fresh", 1L, "stale", 1L, "impostor", 1L))
                .containsEntry("recompiled_source_bytes", 6L)
                .containsEntry(
                        "timestamps",
                        Map.of(
                                "trusted",
                                false,
                                "sources",
                                3L,
                                "reasons",
                                List.of(Map.of("reason", "shared-mtime", "mtime", 1_700_000_000L, "sources", 3L))));
        assertThat(entry(document, 1)).containsEntry("error", "ENOENT").containsEntry("pycs", 0L);
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void anEmptyTreeIsAValidDocument() {
        assertThat(Json.object(CommandLineRun.of("audit", "--format", "json", directory)
                        .out()))
                .containsEntry("findings", List.of());
        assertThat(jsonl("--all")).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> entry(Map<String, @Nullable Object> document, int index) {
        List<?> entries = (List<?>) Objects.requireNonNull(document.get("entries"));
        return (Map<String, @Nullable Object>) Objects.requireNonNull(entries.get(index));
    }
}
