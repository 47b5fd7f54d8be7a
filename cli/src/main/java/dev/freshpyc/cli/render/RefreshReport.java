package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.equivalence.EquivalenceExchange;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import java.io.PrintStream;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Prints the summary of a refresh: one line or one object. */
public final class RefreshReport {

    private RefreshReport() {}

    /**
     * Prints the summary; nothing in JSON lines, which have a line for each file instead.
     *
     * @param proofs what the comparisons with compiled sources have shown; empty if nothing was compiled
     * @param exchange what became of the exchange with a hash-equivalence server, which the text reports on standard error; empty
     *     if there was none
     */
    public static void print(
            RefreshSummary summary,
            Optional<ProofTally> proofs,
            Optional<EquivalenceExchange.Summary> exchange,
            Format format,
            PrintStream out) {
        switch (format) {
            case TEXT -> {
                out.println(line(summary));
                proofs.ifPresent(found -> out.println(line(found)));
            }
            case JSON -> json(summary, proofs, exchange, out);
            case JSONL -> {}
        }
    }

    /** Prints why a refresh is incomplete. */
    public static void complain(RefreshSummary summary, PrintStream err) {
        summary.problems().forEach(line -> err.println("freshpyc: " + line));
        if (summary.unreadable() > 0) {
            err.println("freshpyc: " + Words.count(summary.unreadable(), "bytecode file")
                    + " could not be read; 'freshpyc audit' names each");
        }
    }

    private static String line(RefreshSummary summary) {
        return Words.number(summary.seen()) + " seen, " + Words.number(summary.reused()) + " reused; "
                + Words.count(summary.hashed(), "file") + " hashed (" + Words.bytes(summary.hashedBytes()) + "); "
                + Words.count(summary.changed(), "record") + " changed, " + Words.number(summary.vanished())
                + " vanished" + Counts.text(summary.verdicts(), "; ");
    }

    private static String line(ProofTally proofs) {
        String failures = proofs.failures().entrySet().stream()
                .map(entry -> Words.number(entry.getValue()) + " not compared (" + entry.getKey() + ")")
                .collect(Collectors.joining(", "));
        return "compiled and compared: " + Words.number(proofs.proven()) + " proven, "
                + Words.number(proofs.refuted()) + " wrong (code that is not the source's)"
                + (failures.isEmpty() ? "" : "; " + failures);
    }

    private static void json(ProofTally proofs, JsonGenerator json) {
        json.writeObjectPropertyStart("compiled");
        json.writeNumberProperty("proven", proofs.proven());
        json.writeNumberProperty("refuted", proofs.refuted());
        json.writeObjectPropertyStart("failed");
        proofs.failures().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void json(EquivalenceExchange.Summary exchange, JsonGenerator json) {
        json.writeObjectPropertyStart("equivalence");
        json.writeNumberProperty("proven", exchange.vouched());
        json.writeNumberProperty("asked", exchange.asked());
        json.writeNumberProperty("reported", exchange.told());
        json.writeNumberProperty("young", exchange.young());
        json.writeEndObject();
    }

    private static void json(
            RefreshSummary summary,
            Optional<ProofTally> proofs,
            Optional<EquivalenceExchange.Summary> exchange,
            PrintStream out) {
        try (JsonGenerator json = AsciiJson.generator(out)) {
            DocumentSchema.REFRESH.start(json);
            counts(summary, json);
            proofs.ifPresent(found -> json(found, json));
            exchange.ifPresent(ended -> json(ended, json));
            troubles(summary, json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** The properties of a summary, in an object that the caller begins and ends. */
    public static void json(RefreshSummary summary, JsonGenerator json) {
        counts(summary, json);
        troubles(summary, json);
    }

    private static void counts(RefreshSummary summary, JsonGenerator json) {
        json.writeNumberProperty("seen", summary.seen());
        json.writeNumberProperty("reused", summary.reused());
        json.writeNumberProperty("hashed", summary.hashed());
        json.writeNumberProperty("hashed_bytes", summary.hashedBytes());
        json.writeNumberProperty("changed", summary.changed());
        json.writeNumberProperty("vanished", summary.vanished());
        Counts.json(summary.verdicts(), json);
    }

    private static void troubles(RefreshSummary summary, JsonGenerator json) {
        json.writeArrayPropertyStart("troubles");
        summary.problems().forEach(json::writeString);
        json.writeEndArray();
    }
}
