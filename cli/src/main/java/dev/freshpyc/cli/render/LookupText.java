package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.verdict.Verdict;
import java.io.PrintStream;
import java.time.Clock;

/** Prints the records of paths for people: a line for the source, and a line for each pyc. */
final class LookupText implements LookupReport {

    private final PrintStream out;
    private final Clock clock;
    private boolean anyUnknown;

    LookupText(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void unknown(RawPath path) {
        anyUnknown = true;
        out.println(path.shown() + ": not in any index");
    }

    @Override
    public void known(RawPath path, RawPath source, IndexInfo info, SourceRecord record) {
        out.println(path.shown() + ": seen " + Age.text(info.checkedAtNanos(), clock) + " in "
                + info.entry().shown());
        for (PycRecord pyc : record.pycs()) {
            Verdict verdict = pyc.verdict();
            out.println("  " + name(pyc) + "  " + FindingText.verdict(verdict, Palette.PLAIN)
                    + (verdict.evidence() == null
                            ? ""
                            : ", evidence: " + verdict.evidence().label()));
        }
    }

    @Override
    public void close() {
        if (anyUnknown) {
            out.println(
                    "An index has no shadowed or unreadable files: 'freshpyc explain FILE' judges a file without an index.");
        }
    }

    private static String name(PycRecord pyc) {
        String tag = pyc.tag() == null ? "legacy" : RawPath.of(pyc.tag()).shown();
        return pyc.level().name().isEmpty() ? tag : tag + " opt-" + pyc.level().name();
    }
}
