package dev.freshpyc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.cli.page.Page;
import dev.freshpyc.cli.render.DocumentSchema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every document has a shipped schema, and {@link PrintedJson} refuses a document that does not match its schema. */
class PrintedJsonTest {

    @ParameterizedTest
    @EnumSource
    void everyDocumentHasASchema(DocumentSchema schema) {
        assertThat(Page.of(schema.id()).orElseThrow().text())
                .contains("\"$id\": \"urn:freshpyc:" + schema.id() + "\"", "\"const\": \"" + schema.id() + "\"");
        assertThat(CommandLineRun.of("docs", schema.id()).out()).startsWith("{");
    }

    @Test
    void aDocumentThatDoesNotMatchItsSchemaIsRefused(@TempDir Path directory) {
        List<String> words = List.of("status", "--format", "json");
        String valid = CommandLineRun.of("status", "--format", "json", "--index", directory)
                .out();
        PrintedJson.check(words, valid);
        for (String changed : List.of(
                valid.replace("\"tool\"", "\"tol\""),
                valid.replace("freshpyc-status-1", "freshpyc-lookup-1"),
                valid.replace("\"indexes\":[]", "\"indexes\":[],\"more\":1"),
                valid.replace("\"indexes\":[]", "\"indexes\":[{\"entry\":1}]"),
                valid.replace("\"schema\"", "\"form\""))) {
            assertThat(changed).isNotEqualTo(valid);
            assertThatThrownBy(() -> PrintedJson.check(words, changed)).isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> PrintedJson.check(List.of("audit", "--format", "jsonl"), "{\"source\":1}\n"))
                .isInstanceOf(AssertionError.class);
    }
}
