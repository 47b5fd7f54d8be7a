package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Finding;
import java.util.Optional;

/** Describes a finding in a sentence or two. */
final class FindingText {

    private FindingText() {}

    /** The verdict and its reason: {@code stale (mtime)}. */
    static String verdict(Verdict verdict, Palette palette) {
        return palette.verdict(verdict.kind(), verdict.kind().label()) + " (" + verdict.reason() + ")";
    }

    static String verdict(Finding finding) {
        return verdict(finding.verdict(), Palette.PLAIN);
    }

    /** A sentence about the file and the interpreter's use of it. */
    static String sentence(Finding finding, Optional<Survival> after) {
        String when = after.map(known -> "after " + known.word() + ", ").orElse("");
        String file = when + file(finding);
        if (finding.verdict().kind() == Verdict.Kind.MISSING) {
            return file + " has no bytecode of " + reader(finding) + ": the interpreter compiles it.";
        }
        String answer = finding.verdict().interpreter() == null ? "" : ": the interpreter " + StoryText.answer(finding);
        return file + " is " + verdict(finding) + answer + ".";
    }

    /** A sentence with the remedy. */
    static String remedy(Finding finding) {
        return "To fix: " + Remedy.of(finding) + ".";
    }

    static String file(Finding finding) {
        RawPath path = finding.shownPath();
        return path.equals(RawPath.EMPTY) ? finding.entry().path().shown() : path.shown();
    }

    /**
     * A name that only this finding has in the report. Missing bytecode is named by source and pyc, since one source
     * may lack pycs of several tags and levels.
     */
    static String item(Finding finding) {
        return file(finding) + missing(finding).map(name -> ": " + name.shown()).orElse("");
    }

    /** The name of the bytecode that a source lacks; empty for bytecode that exists. */
    static Optional<RawPath> missing(Finding finding) {
        RawPath source = finding.source();
        CacheTag tag = finding.tag();
        return finding.pyc() != null || source == null || tag == null
                ? Optional.empty()
                : Optional.of(PycPath.name(source, tag, finding.level()));
    }

    /** The interpreter of the bytecode. */
    static String reader(Finding finding) {
        String tag = finding.tag() == null
                ? "any interpreter"
                : RawPath.of(finding.tag().name()).shown();
        String level = finding.level().name();
        return level.isEmpty()
                ? tag
                : tag + " at optimization level " + RawPath.of(level).shown();
    }
}
