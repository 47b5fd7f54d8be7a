package dev.freshpyc.cli.render;

import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Prints counts of verdicts; verdicts that did not occur are left out. */
final class Counts {

    private Counts() {}

    /** The sums of all entries. */
    static VerdictCounts sum(List<EntryReport> entries) {
        VerdictCounts sums = new VerdictCounts();
        entries.forEach(entry -> sums.add(entry.counts()));
        return sums;
    }

    /** {@code 3 pycs judged, 2 findings.} */
    static String judged(VerdictCounts sums) {
        return Words.count(sums.total(), "pyc") + " judged, " + Words.count(sums.findings(), "finding") + ".";
    }

    /** {@code 14,018 fresh, 3 stale} behind {@code before}; nothing when there are none. */
    static String text(VerdictCounts counts, String before) {
        return text(counts, before, Palette.PLAIN);
    }

    /** The same with colours. */
    static String text(VerdictCounts counts, String before, Palette palette) {
        List<String> parts = new ArrayList<>();
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            if (counts.of(kind) > 0) {
                boolean doubtful = kind == Verdict.Kind.FRESH && counts.unproven() > 0;
                parts.add(palette.verdict(kind, Words.number(counts.of(kind)) + " " + kind.label())
                        + (doubtful ? " (" + Words.number(counts.unproven()) + " unproven)" : ""));
            }
        }
        if (counts.known() > 0) {
            parts.add(Words.number(counts.known()) + " known");
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
        if (counts.known() > 0) {
            json.writeNumberProperty("known", counts.known());
        }
    }
}
