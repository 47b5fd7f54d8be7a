package dev.freshpyc.cli.option;

import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** One word of {@code --fail-on}: a verdict, or a group of verdicts. */
public record FailOn(Set<Kind> kinds) {

    private static final List<String> GROUPS = List.of("any", "slow", "wrong");

    public static FailOn of(String word) {
        return new FailOn(
                switch (word) {
                    case "any" -> EnumSet.complementOf(EnumSet.of(Kind.FRESH, Kind.OTHER_TOOL));
                    case "slow" -> // each start compiles
                        EnumSet.of(Kind.NEEDLESS, Kind.STALE, Kind.FOREIGN, Kind.MALFORMED, Kind.MISSING);
                    case "wrong" -> EnumSet.of(Kind.IMPOSTOR, Kind.FATAL); // other code runs, or the import fails
                    default -> EnumSet.of(verdict(word));
                });
    }

    /** Whether a verdict that this word names was counted. */
    public boolean isIn(VerdictCounts counts) {
        return kinds.stream().anyMatch(kind -> counts.of(kind) > 0);
    }

    /** Every word that is understood. */
    public static List<String> words() {
        return Stream.concat(Arrays.stream(Kind.values()).map(Kind::label), GROUPS.stream())
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
