package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes one object a line during the scan, so that no finding stays in memory. */
final class JsonLines implements AuditRenderer {

    private final JsonGenerator json;

    JsonLines(PrintStream out) {
        json = FindingJson.generator(out);
    }

    @Override
    public void accept(List<Finding> directory) {
        for (Finding finding : directory) {
            FindingJson.write(json, finding);
            json.writeRaw('\n');
        }
    }

    @Override
    public void finish(List<EntryReport> entries) {}

    @Override
    public void close() {
        json.flush();
    }
}
