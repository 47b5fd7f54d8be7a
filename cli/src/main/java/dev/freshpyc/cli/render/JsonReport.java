package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.TimestampTrust;
import dev.freshpyc.indexer.judge.TimestampTrust.Doubt;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes one document, with the findings in the order of their paths. */
final class JsonReport implements AuditRenderer {

    private final PrintStream out;
    private final Optional<LayerNotes> layers;
    private final JsonGenerator json;
    private final RowWriter writer = new RowWriter();
    private final SortedRows<PathEntry> findings = new SortedRows<>(",");

    JsonReport(PrintStream out, Optional<Survival> after, Optional<LayerNotes> layers) {
        this.out = out;
        this.layers = layers;
        json = AsciiJson.generator(out);
        DocumentSchema.AUDIT.start(json);
        after.ifPresent(known -> json.writeStringProperty("after", known.word()));
        json.writeArrayPropertyStart("findings");
    }

    @Override
    public void accept(List<Finding> directory) {
        layers.ifPresent(notes -> notes.count(directory));
        for (Finding finding : directory) {
            findings.add(
                    finding.entry(),
                    finding.path(),
                    finding.level().name(),
                    writer.render(row -> FindingJson.write(row, finding, Optional.empty(), layers), ""));
        }
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        json.flush();
        findings.writeTo(out);
        json.writeEndArray();
        json.writeArrayPropertyStart("entries");
        entries.forEach(this::entry);
        json.writeEndArray();
        layers.ifPresent(notes -> notes.json(json));
        json.writeEndObject();
        json.flush();
        out.println();
    }

    @Override
    public void close() {
        findings.close();
        json.flush();
    }

    private void entry(EntryReport report) {
        json.writeStartObject();
        json.writeStringProperty("path", report.entry().path().toPython());
        report.refusal().ifPresent(errno -> json.writeStringProperty("error", errno.symbol()));
        json.writeNumberProperty("pycs", report.counts().total());
        Counts.json(report.counts(), json);
        json.writeNumberProperty("unread_bodies", report.counts().unreadBodies());
        json.writeNumberProperty("recompiled_source_bytes", report.recompiledBytes());
        timestamps(report.timestamps());
        report.archiveTimes().ifPresent(times -> {
            json.writeStringProperty("time_zone", times.zone().getId());
            json.writeNumberProperty("pycs_of_another_zone", times.shifted());
        });
        if (!report.unreadable().isEmpty()) {
            json.writeObjectPropertyStart("unreadable_to_others");
            report.unreadable().forEach((obstacle, pycs) -> json.writeNumberProperty(obstacle.toPython(), pycs));
            json.writeEndObject();
        }
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
            case Doubt.TwoSecondTimes(long pycs) -> {
                json.writeStringProperty("reason", "two-second-times");
                json.writeNumberProperty("pycs", pycs);
            }
            case Doubt.LocalTimes(long pycs, int seconds) -> {
                json.writeStringProperty("reason", "local-times");
                json.writeNumberProperty("pycs", pycs);
                json.writeNumberProperty("header_minus_source", seconds);
            }
        }
        json.writeEndObject();
    }
}
