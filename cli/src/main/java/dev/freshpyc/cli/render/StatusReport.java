package dev.freshpyc.cli.render;

import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.PrintStream;
import java.time.Clock;
import tools.jackson.core.JsonGenerator;

/** Prints the indexes: two lines or one object each. */
public final class StatusReport implements AutoCloseable {

    private final PrintStream out;
    private final Clock clock;
    private final DocumentFormat format;
    private final JsonGenerator json;
    private boolean any;

    public StatusReport(DocumentFormat format, PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.format = format;
        this.json = AsciiJson.generator(out);
        if (format == DocumentFormat.JSON) {
            DocumentSchema.STATUS.start(json);
            json.writeArrayPropertyStart("indexes");
        }
    }

    public void index(IndexInfo info, VerdictCounts verdicts) {
        any = true;
        switch (format) {
            case TEXT -> text(info, verdicts);
            case JSON -> json(info, verdicts);
        }
    }

    /** Says in text that there is no index, unless there was one. */
    public void all() {
        if (format == DocumentFormat.TEXT && !any) {
            out.println("There is no index yet; 'freshpyc refresh' makes one.");
        }
    }

    @Override
    public void close() {
        if (format == DocumentFormat.JSON) {
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        json.flush();
    }

    private void text(IndexInfo info, VerdictCounts verdicts) {
        out.println(info.entry().shown());
        out.println("  generation " + info.generation() + ", checked " + Age.text(info.checkedAtNanos(), clock) + ", "
                + Words.count(info.records(), "record") + ", " + Words.bytes(info.bytes())
                + Counts.text(verdicts, "; "));
    }

    private void json(IndexInfo info, VerdictCounts verdicts) {
        json.writeStartObject();
        json.writeStringProperty("entry", info.entry().toPython());
        json.writeNumberProperty("generation", info.generation());
        json.writeNumberProperty("records", info.records());
        json.writeNumberProperty("bytes", info.bytes());
        json.writeNumberProperty("age_seconds", Age.seconds(info.checkedAtNanos(), clock));
        Counts.json(verdicts, json);
        json.writeEndObject();
    }
}
