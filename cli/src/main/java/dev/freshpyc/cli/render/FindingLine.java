package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.Finding;
import java.util.Optional;

/** Prints a finding in one line as compilers do, so that editors open the file: {@code FILE:LINE: verdict (reason): the pyc}. */
final class FindingLine {

    private FindingLine() {}

    static String of(Finding finding, Palette palette) {
        return place(finding) + ": " + FindingText.verdict(finding.verdict(), palette) + bytecode(finding);
    }

    /** The source, or the pyc where there is no source; for a member, the archive with the member. */
    static String place(Finding finding) {
        FindingPlace place = FindingPlace.of(finding);
        return place.member().isPresent()
                ? finding.shownPath().shown()
                : place.file().shown() + (name(finding).isPresent() ? ":1" : "");
    }

    /** The name of the pyc, also of a missing one, where {@link #place} names the source. */
    static String bytecode(Finding finding) {
        return name(finding).map(name -> ": " + name.shown()).orElse("");
    }

    private static Optional<RawPath> name(Finding finding) {
        return FindingPlace.of(finding).bytecode().map(RawPath::name).or(() -> FindingText.missing(finding));
    }
}
