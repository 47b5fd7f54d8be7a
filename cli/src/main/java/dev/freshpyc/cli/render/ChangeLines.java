package dev.freshpyc.cli.render;

import dev.freshpyc.core.outcome.Outcome;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes each change of a refresh as one JSON object without a line break. Not thread-safe. */
public final class ChangeLines {

    private final RowWriter writer = new RowWriter();

    /**
     * A pyc whose verdict has changed.
     *
     * @param before the earlier record in the index; empty for a pyc that the index did not have
     */
    public String verdict(Outcome outcome, Optional<PycRecord> before, Verdict now) {
        return text(writer.render(
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("entry", outcome.entry().toPython());
                    FindingJson.path(json, "source", outcome.source());
                    FindingJson.path(json, "pyc", outcome.pyc());
                    FindingJson.variant(json, outcome.tag(), outcome.level());
                    json.writeName("before");
                    FindingJson.string(
                            json,
                            before.map(record -> record.verdict().kind().label())
                                    .orElse(null));
                    FindingJson.verdict(json, now);
                    json.writeEndObject();
                },
                ""));
    }

    /**
     * A pyc that is gone.
     *
     * @param source relative to the entry
     * @param before the earlier record in the index
     */
    public String vanished(RawPath entry, RawPath source, PycRecord before) {
        return text(writer.render(
                json -> {
                    json.writeStartObject();
                    json.writeStringProperty("entry", entry.toPython());
                    FindingJson.path(json, "source", source);
                    FindingJson.variant(json, before.tag(), before.level());
                    json.writeStringProperty("before", before.verdict().kind().label());
                    json.writeEndObject();
                },
                ""));
    }

    /** The counts of a refresh of everything. */
    public String refreshed(RefreshSummary summary) {
        return text(writer.render(
                json -> {
                    json.writeStartObject();
                    RefreshReport.json(summary, json);
                    json.writeEndObject();
                },
                ""));
    }

    /** How many headers a repair has written. */
    public String repaired(RepairSummary summary) {
        return text(writer.render(
                json -> {
                    json.writeStartObject();
                    json.writeNumberProperty("restamped", summary.restamped());
                    json.writeEndObject();
                },
                ""));
    }

    private static String text(byte[] row) {
        return new String(row, StandardCharsets.US_ASCII);
    }
}
