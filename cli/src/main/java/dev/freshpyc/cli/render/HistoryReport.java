package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Prints the numbers of verdicts over time. */
public final class HistoryReport {

    private HistoryReport() {}

    /** The numbers at a moment. */
    public record VerdictSample(Instant time, VerdictCounts counts) {}

    /** Prints a document with the samples in their order. */
    public static void print(List<VerdictSample> samples, PrintStream out) {
        try (JsonGenerator json = AsciiJson.generator(out)) {
            DocumentSchema.HISTORY.start(json);
            json.writeArrayPropertyStart("samples");
            for (VerdictSample sample : samples) {
                json.writeStartObject();
                json.writeStringProperty("time", sample.time().toString());
                json.writeNumberProperty("findings", sample.counts().findings());
                Counts.json(sample.counts(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
