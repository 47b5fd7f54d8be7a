package dev.freshpyc.cli.render;

import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Says the result of an audit in one sentence. Each file counts by what happens to it, since one verdict can be
 * harmless for one file and fatal for another: instead of bytecode of another version, Python compiles the source, but
 * without a source the import fails.
 */
final class Headline {

    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final Map<Kind, Severity> worst = new EnumMap<>(Kind.class);

    /** What happens to a file, the worst first. */
    private enum Fate {
        WRONG(" runs wrong code or fails", " run wrong code or fail"),
        SLOW(" slows every start down", " slow every start down"),
        UNDECIDED(" could not be judged", " could not be judged"),
        USELESS(" is of no use", " are of no use"),
        SOURCELESS(" has no source", " have no source"),
        UNREADABLE(" file or directory could not be read", " files or directories could not be read"),
        FINE("", "");

        private final String one;
        private final String many;

        Fate(String one, String many) {
            this.one = one;
            this.many = many;
        }

        static Fate of(Finding finding) {
            return switch (finding.verdict().kind()) {
                case UNREADABLE -> UNREADABLE;
                case UNDECIDED -> UNDECIDED;
                case FRESH, OTHER_TOOL -> FINE;
                case IMPOSTOR, FATAL -> WRONG;
                case ORPHANED, SHADOWED -> USELESS;
                case SOURCELESS -> fails(finding) ? WRONG : SOURCELESS;
                case NEEDLESS, STALE, FOREIGN, MALFORMED, MISSING -> fails(finding) ? WRONG : SLOW;
            };
        }

        private static boolean fails(Finding finding) {
            return Severity.of(finding.verdict()) == Severity.ERROR;
        }
    }

    void add(Finding finding) {
        fates.merge(Fate.of(finding), 1L, Long::sum);
        worst.merge(finding.verdict().kind(), Severity.of(finding.verdict()), DirectorySums::worse);
    }

    /** The worst severity of the files with a verdict. */
    Severity worst(Kind kind) {
        return worst.getOrDefault(kind, Severity.of(kind));
    }

    /**
     * The sentence, without a full stop.
     *
     * @param complete whether the audit has judged everything that it should judge
     */
    String of(List<EntryReport> entries, boolean complete) {
        VerdictCounts sums = Counts.sum(entries);
        List<String> parts = judged(entries, sums);
        if (sums.known() > 0) {
            parts.add(Words.count(sums.known(), "finding") + (sums.known() == 1 ? " was" : " were") + " known before");
        }
        if (count(Fate.UNREADABLE) > 0) {
            parts.add(text(Fate.UNREADABLE, ""));
        }
        long refused =
                entries.stream().filter(entry -> entry.refusal().isPresent()).count();
        if (refused > 0) {
            parts.add(Words.count(refused, "path") + " could not be read");
        }
        if (!complete) {
            parts.add("the audit is incomplete");
        }
        return parts.isEmpty() ? "There is no bytecode" : String.join("; ", parts);
    }

    /**
     * The result for the judged files. Useless files and files without a source are named only if nothing worse was
     * found.
     */
    private List<String> judged(List<EntryReport> entries, VerdictCounts sums) {
        long total = sums.total() - count(Fate.UNREADABLE);
        String all = " of " + Words.count(total, "bytecode file");
        boolean bad = count(Fate.WRONG) + count(Fate.SLOW) > 0;
        List<Fate> named = bad
                ? List.of(Fate.WRONG, Fate.SLOW, Fate.UNDECIDED)
                : List.of(Fate.UNDECIDED, Fate.USELESS, Fate.SOURCELESS);
        List<String> parts = new ArrayList<>();
        for (Fate fate : named) {
            if (count(fate) > 0) {
                parts.add(text(fate, parts.isEmpty() ? all : ""));
            }
        }
        long closed = entries.stream()
                .flatMap(entry -> entry.unreadable().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        if (closed > 0 && !bad) {
            parts.add(Words.number(closed) + (parts.isEmpty() ? all : "") + " cannot be read by the user");
        }
        if (parts.isEmpty() && total > 0) {
            parts.add("Nothing " + (sums.known() > 0 ? "new " : "") + "is amiss with "
                    + Words.count(total, "bytecode file"));
        }
        return parts;
    }

    private String text(Fate fate, String of) {
        return Words.number(count(fate)) + of + (count(fate) == 1 ? fate.one : fate.many);
    }

    private long count(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }
}
