package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.store.IndexInfo;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes one page of the verdicts that an index has of pycs, as a document. */
public final class RecordedFindings implements AutoCloseable {

    private final JsonGenerator json;

    /** Begins the document. */
    public RecordedFindings(JsonGenerator json) {
        this.json = json;
        DocumentSchema.REPORT.start(json);
        json.writeArrayPropertyStart("findings");
    }

    /**
     * Writes one pyc.
     *
     * @param source relative to the entry
     */
    public void add(RawPath source, PycRecord pyc) {
        json.writeStartObject();
        json.writeStringProperty("source", source.toPython());
        FindingJson.recorded(json, pyc);
        json.writeEndObject();
    }

    /**
     * Ends the document.
     *
     * @param next the target of the request for the next page; empty on the last page
     */
    public void finish(IndexInfo info, Clock clock, Optional<String> next) {
        json.writeEndArray();
        json.writeStringProperty("entry", info.entry().toPython());
        json.writeNumberProperty("generation", info.generation());
        json.writeNumberProperty("age_seconds", Age.seconds(info.checkedAtNanos(), clock));
        json.writeName("next");
        FindingJson.string(json, next.orElse(null));
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() {
        json.close();
    }
}
