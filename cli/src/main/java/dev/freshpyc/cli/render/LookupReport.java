package dev.freshpyc.cli.render;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.verdict.Verdict;
import java.io.PrintStream;
import java.time.Clock;
import tools.jackson.core.JsonGenerator;

/** What the index says of single paths. */
public final class LookupReport implements AutoCloseable {

    private final PrintStream out;
    private final Clock clock;
    private final Shape shape;
    private final JsonGenerator json;

    public LookupReport(Shape shape, PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.shape = shape;
        this.json = FindingJson.generator(out);
        if (shape == Shape.JSON) {
            json.writeStartArray();
        }
    }

    /** No index has a record of the path. */
    public void unknown(RawPath path) {
        switch (shape) {
            case TEXT -> out.println(path.shown() + ": in no index");
            case JSON -> {
                json.writeStartObject();
                json.writeStringProperty("path", path.toPython());
                json.writeBooleanProperty("known", false);
                json.writeEndObject();
            }
        }
    }

    /** The record of the source that the path is or belongs to. */
    public void known(RawPath path, RawPath source, IndexInfo info, SourceRecord record) {
        switch (shape) {
            case TEXT -> text(path, info, record);
            case JSON -> json(path, source, info, record);
        }
    }

    @Override
    public void close() {
        if (shape == Shape.JSON) {
            json.writeEndArray();
            json.writeRaw('\n');
        }
        json.flush();
    }

    private void text(RawPath path, IndexInfo info, SourceRecord record) {
        out.println(path.shown() + ": seen " + Age.text(info.checkedAtNanos(), clock) + " in "
                + info.entry().shown());
        for (PycRecord pyc : record.pycs()) {
            Verdict verdict = pyc.verdict();
            out.println("  " + name(pyc) + "  " + verdict.kind().label() + " (" + verdict.reason() + ")"
                    + (verdict.evidence() == null
                            ? ""
                            : ", evidence: " + verdict.evidence().label()));
        }
    }

    private static String name(PycRecord pyc) {
        String tag = pyc.tag() == null ? "legacy" : RawPath.of(pyc.tag()).shown();
        return pyc.level().name().isEmpty() ? tag : tag + " opt-" + pyc.level().name();
    }

    private void json(RawPath path, RawPath source, IndexInfo info, SourceRecord record) {
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
            json.writeName("tag");
            FindingJson.string(json, pyc.tag());
            json.writeStringProperty("opt", pyc.level().name());
            FindingJson.verdict(json, pyc.verdict());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
