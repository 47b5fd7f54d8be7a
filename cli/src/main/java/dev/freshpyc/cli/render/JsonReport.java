package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.audit.TimestampTrust;
import dev.freshpyc.indexer.audit.TimestampTrust.Doubt;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes one document. The findings stand before the sums, since they are written during the scan. */
final class JsonReport implements AuditRenderer {

    private final PrintStream out;
    private final JsonGenerator json;

    JsonReport(PrintStream out) {
        this.out = out;
        json = FindingJson.generator(out);
        json.writeStartObject();
        json.writeStringProperty("tool", "freshpyc");
        json.writeStringProperty("version", Version.number());
        json.writeArrayPropertyStart("findings");
    }

    @Override
    public void accept(List<Finding> directory) {
        directory.forEach(finding -> FindingJson.write(json, finding));
    }

    @Override
    public void finish(List<EntryReport> entries) {
        json.writeEndArray();
        json.writeArrayPropertyStart("entries");
        entries.forEach(this::entry);
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }

    @Override
    public void close() {
        json.flush();
    }

    private void entry(EntryReport report) {
        json.writeStartObject();
        json.writeStringProperty("path", report.entry().path().toPython());
        report.refusal().ifPresent(errno -> json.writeStringProperty("error", errno.symbol()));
        json.writeNumberProperty("pycs", report.counts().total());
        Counts.json(report.counts(), json);
        json.writeNumberProperty("recompiled_source_bytes", report.recompiledBytes());
        timestamps(report.timestamps());
        json.writeEndObject();
    }

    private void timestamps(TimestampTrust trust) {
        json.writeObjectPropertyStart("timestamps");
        json.writeBooleanProperty("trusted", trust.trusted());
        json.writeNumberProperty("sources", trust.sources());
        json.writeArrayPropertyStart("reasons");
        trust.doubts().forEach(this::doubt);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void doubt(Doubt doubt) {
        json.writeStartObject();
        switch (doubt) {
            case Doubt.SharedMtime(long mtime, long sources) -> {
                json.writeStringProperty("reason", "shared-mtime");
                json.writeNumberProperty("mtime", mtime);
                json.writeNumberProperty("sources", sources);
            }
            case Doubt.NewerThanImage(long sources) -> {
                json.writeStringProperty("reason", "newer-than-image");
                json.writeNumberProperty("sources", sources);
            }
            case Doubt.OneWayMismatches(long pycs, boolean sourcesLater) -> {
                json.writeStringProperty("reason", "one-way-mismatches");
                json.writeNumberProperty("pycs", pycs);
                json.writeStringProperty("later", sourcesLater ? "source" : "header");
            }
        }
        json.writeEndObject();
    }
}
