package dev.freshpyc.cli.option;

import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * One word of {@code --fail-on}: a verdict, a group of verdicts, or bytecode that the user of the audit cannot read.
 *
 * @param unreadable whether the word means bytecode that the user cannot read
 */
public record FailOn(Set<Kind> kinds, boolean unreadable) {

    private static final List<String> GROUPS = List.of("any", "slow", "wrong");

    public static FailOn of(String word) {
        return new FailOn(
                switch (word) {
                    case "any" -> EnumSet.complementOf(EnumSet.of(Kind.FRESH, Kind.OTHER_TOOL));
                    case "slow" -> // each start compiles
                        EnumSet.of(Kind.NEEDLESS, Kind.STALE, Kind.FOREIGN, Kind.MALFORMED, Kind.MISSING);
                    case "wrong" -> EnumSet.of(Kind.IMPOSTOR, Kind.FATAL); // other code runs, or the import fails
                    case EntryReport.UNREADABLE_LABEL -> EnumSet.noneOf(Kind.class);
                    default -> EnumSet.of(verdict(word));
                },
                List.of("any", "slow", EntryReport.UNREADABLE_LABEL).contains(word));
    }

    /** Whether the report has a finding that this word names. */
    public boolean isIn(EntryReport report) {
        return (unreadable && !report.unreadable().isEmpty())
                || kinds.stream().anyMatch(kind -> report.counts().of(kind) > 0);
    }

    /** All words of the option. */
    public static List<String> words() {
        return Stream.of(
                        Arrays.stream(Kind.values()).map(Kind::label),
                        GROUPS.stream(),
                        Stream.of(EntryReport.UNREADABLE_LABEL))
                .flatMap(words -> words)
                .toList();
    }

    private static Kind verdict(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("'" + word + "' is not one of: " + String.join(", ", words())));
    }
}
