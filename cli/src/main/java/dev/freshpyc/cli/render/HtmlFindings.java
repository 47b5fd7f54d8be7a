package dev.freshpyc.cli.render;

import dev.freshpyc.cli.page.Page;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * The findings as the data block of a page: a row for each finding, in the order of {@code COLUMNS} in the page's script. A text that many
 * rows share is written once, behind the rows, and the rows have its number. The number of such texts is bounded, since some contain file
 * names.
 */
final class HtmlFindings implements AutoCloseable {

    private static final int SHARED = 2_000;

    private final AuditView view;
    private final RowWriter writer = new RowWriter();
    private final SortedRows<PathEntry> rows = new SortedRows<>(",\n");
    private final Map<String, Integer> shared = new LinkedHashMap<>();

    HtmlFindings(AuditView view) {
        this.view = view;
    }

    void add(Finding finding) {
        String row = new String(writer.render(json -> write(json, finding), ""), StandardCharsets.US_ASCII);
        rows.add(
                finding.entry(),
                finding.path(),
                finding.level().name(),
                inert(row).getBytes(StandardCharsets.US_ASCII));
    }

    /** Prints the block's content, one JSON object. */
    void print(PrintStream out) {
        out.print("{\"rows\":[");
        rows.writeTo(out);
        out.print("],\n\"texts\":");
        List<String> texts = new ArrayList<>(shared.keySet());
        byte[] json = writer.render(
                list -> {
                    list.writeStartArray();
                    texts.forEach(list::writeString);
                    list.writeEndArray();
                },
                "}");
        out.print(inert(new String(json, StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() {
        rows.close();
    }

    private void write(JsonGenerator json, Finding finding) {
        json.writeStartArray();
        share(json, Severity.of(finding.verdict()).sarif());
        share(json, finding.verdict().kind().label());
        share(json, finding.verdict().reason().label());
        json.writeString(FindingText.item(finding));
        share(json, finding.entry().path().shown());
        share(json, FindingText.reader(finding));
        json.writeString(StoryText.header(finding.header()));
        share(
                json,
                finding.verdict().evidence() == null
                        ? "none"
                        : finding.verdict().evidence().label());
        share(json, StoryText.answer(finding));
        share(json, Remedy.of(finding));
        share(json, view.mending().command(finding).orElse(""));
        share(json, String.join(" ", Page.about(finding.verdict())));
        share(json, view.layers().flatMap(notes -> notes.text(finding)).orElse(""));
        json.writeEndArray();
    }

    private void share(JsonGenerator json, String text) {
        Optional<Integer> number = Optional.ofNullable(
                shared.size() < SHARED ? shared.computeIfAbsent(text, _ -> shared.size()) : shared.get(text));
        if (number.isPresent()) {
            json.writeNumber(number.get());
        } else {
            json.writeString(text);
        }
    }

    /**
     * Escapes angle brackets, so that no name ends the script element. In JSON, these characters occur only in strings.
     */
    private static String inert(String json) {
        return json.replace("<", "\\u003c");
    }
}
