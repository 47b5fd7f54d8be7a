package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProofStats;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;

/** Prints how many proofs by content there are, what they rest on and where they come from. */
public final class ProofsReport {

    private ProofsReport() {}

    public static void print(ProofStats stats, DocumentFormat format, PrintStream out) {
        switch (format) {
            case TEXT -> text(stats, out);
            case JSON -> json(stats, out);
        }
    }

    private static void text(ProofStats stats, PrintStream out) {
        out.println(Words.count(stats.proofs(), "proof") + ", " + Words.bytes(stats.bytes()));
        stats.byEvidence()
                .forEach((evidence, count) -> out.println("  " + evidence.label() + ": " + Words.number(count)));
        if (stats.refuted() > 0) {
            out.println("  refuted by compiling: " + Words.number(stats.refuted()));
        }
        if (!stats.byMagic().isEmpty()) {
            out.println("for");
        }
        stats.byMagic().forEach((magic, count) -> out.println("  " + name(magic) + ": " + Words.number(count)));
        if (!stats.byOrigin().isEmpty()) {
            out.println("from");
        }
        stats.byOrigin()
                .forEach(
                        (origin, count) -> out.println("  " + RawPath.of(origin).shown() + ": " + Words.number(count)));
    }

    private static String name(Magic magic) {
        String number = "magic " + magic.number();
        return MagicTable.owner(magic)
                .map(version -> version + " (" + number + ")")
                .orElse(number);
    }

    private static void json(ProofStats stats, PrintStream out) {
        JsonGenerator json = AsciiJson.generator(out);
        DocumentSchema.PROOFS.start(json);
        json.writeNumberProperty("proofs", stats.proofs());
        json.writeNumberProperty("refuted", stats.refuted());
        json.writeNumberProperty("bytes", stats.bytes());
        json.writeObjectPropertyStart("evidence");
        stats.byEvidence().forEach((evidence, count) -> json.writeNumberProperty(evidence.label(), count));
        json.writeEndObject();
        json.writeObjectPropertyStart("magics");
        stats.byMagic().forEach((magic, count) -> json.writeNumberProperty(Integer.toString(magic.number()), count));
        json.writeEndObject();
        json.writeObjectPropertyStart("origins");
        stats.byOrigin().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
