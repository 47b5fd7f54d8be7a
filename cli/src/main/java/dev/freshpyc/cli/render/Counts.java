package dev.freshpyc.cli.render;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Prints counts of verdicts; verdicts that did not occur are left out. */
final class Counts {

    private Counts() {}

    /** {@code 14,018 fresh, 3 stale} behind {@code before}; nothing when there are none. */
    static String text(VerdictCounts counts, String before) {
        List<String> parts = new ArrayList<>();
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            if (counts.of(kind) > 0) {
                boolean doubtful = kind == Verdict.Kind.FRESH && counts.unproven() > 0;
                parts.add(Words.number(counts.of(kind)) + " " + kind.label()
                        + (doubtful ? " (" + Words.number(counts.unproven()) + " unproven)" : ""));
            }
        }
        return parts.isEmpty() ? "" : before + String.join(", ", parts);
    }

    /** The property {@code verdicts}. */
    static void json(VerdictCounts counts, JsonGenerator json) {
        json.writeObjectPropertyStart("verdicts");
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            if (counts.of(kind) > 0) {
                json.writeNumberProperty(kind.label(), counts.of(kind));
            }
        }
        json.writeEndObject();
        json.writeNumberProperty("unproven", counts.unproven());
    }
}
