package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.IndexInfo;
import java.io.PrintStream;
import java.time.Clock;
import tools.jackson.core.JsonGenerator;

/** Prints the records of paths for programs: one document. */
final class LookupJson implements LookupReport {

    private final Clock clock;
    private final JsonGenerator json;

    LookupJson(PrintStream out, Clock clock) {
        this.clock = clock;
        this.json = AsciiJson.generator(out);
        DocumentSchema.LOOKUP.start(json);
        json.writeArrayPropertyStart("paths");
    }

    @Override
    public void unknown(RawPath path) {
        json.writeStartObject();
        json.writeStringProperty("path", path.toPython());
        json.writeBooleanProperty("known", false);
        json.writeEndObject();
    }

    @Override
    public void known(RawPath path, RawPath source, IndexInfo info, SourceRecord record) {
        json.writeStartObject();
        json.writeStringProperty("path", path.toPython());
        json.writeBooleanProperty("known", true);
        json.writeStringProperty("entry", info.entry().toPython());
        json.writeStringProperty("source", source.toPython());
        json.writeNumberProperty("generation", info.generation());
        json.writeNumberProperty("age_seconds", Age.seconds(info.checkedAtNanos(), clock));
        json.writeName("sha256");
        FindingJson.string(
                json, record.content() == null ? null : record.content().toString());
        json.writeArrayPropertyStart("pycs");
        for (PycRecord pyc : record.pycs()) {
            json.writeStartObject();
            FindingJson.recorded(json, pyc);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void close() {
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
