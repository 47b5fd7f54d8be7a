package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.render.AsciiJson;
import dev.freshpyc.cli.render.DocumentSchema;
import dev.freshpyc.cli.serve.equivalence.CacheUse;
import dev.freshpyc.cli.serve.equivalence.StoreSize;
import dev.freshpyc.cli.serve.equivalence.TaskKey;
import dev.freshpyc.cli.serve.equivalence.UseCounts;
import java.io.PrintStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes the answers of the hash-equivalence protocol as JSON. */
final class EquivalenceJson implements AutoCloseable {

    private final JsonGenerator json;

    EquivalenceJson(PrintStream out) {
        json = AsciiJson.generator(out);
    }

    /** The three fields of a known task, or null. */
    void unihash(TaskKey task, Optional<String> unihash) {
        if (unihash.isEmpty()) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeStringProperty("taskhash", task.taskhash());
            json.writeStringProperty("method", task.method());
            json.writeStringProperty("unihash", unihash.get());
            json.writeEndObject();
        }
    }

    /** Ends a line. No line end follows the single answer to a client of 2019, which gets no byte beyond the JSON text. */
    void endLine() {
        json.writeRaw('\n');
    }

    /** A line with one sentence in place of an answer. */
    void error(String sentence) {
        json.writeStartObject();
        json.writeStringProperty("error", sentence);
        json.writeEndObject();
        endLine();
    }

    /** How many rows were marked. */
    void marked(long count) {
        count(DocumentSchema.EQUIVALENCE_MARK, "marked", count);
    }

    /** How many rows were removed. */
    void removed(long count) {
        count(DocumentSchema.EQUIVALENCE_SWEEP, "removed", count);
    }

    private void count(DocumentSchema schema, String name, long count) {
        schema.start(json);
        json.writeNumberProperty(name, count);
        json.writeEndObject();
        endLine();
    }

    /** The size of the store, and counts of its uses since the start of the service. */
    void size(StoreSize size, UseCounts counts, CacheUse cache) {
        DocumentSchema.EQUIVALENCE_STATS.start(json);
        json.writeNumberProperty("rows", size.rows());
        json.writeNumberProperty("methods", size.methods());
        json.writeNumberProperty("bytes", size.bytes());
        json.writeNumberProperty("asked", counts.asked());
        json.writeNumberProperty("known", counts.known());
        json.writeNumberProperty("reported", counts.reported());
        json.writeName("cache");
        json.writeStartObject();
        json.writeNumberProperty("hits", cache.hits());
        json.writeNumberProperty("misses", cache.misses());
        json.writeNumberProperty("size", cache.size());
        json.writeEndObject();
        json.writeEndObject();
        endLine();
    }

    @Override
    public void close() {
        json.close();
    }
}
