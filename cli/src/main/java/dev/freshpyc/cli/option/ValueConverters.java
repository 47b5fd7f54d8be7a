package dev.freshpyc.cli.option;

import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** Converts words of the command line to values. */
public final class ValueConverters {

    private ValueConverters() {}

    public static Verdict.Kind verdict(String word) {
        return oneOf(Verdict.Kind.values(), Verdict.Kind::label, word);
    }

    public static HashChecks hashChecks(String word) {
        return oneOf(HashChecks.values(), checks -> checks.name().toLowerCase(Locale.ROOT), word);
    }

    public static Format format(String word) {
        return oneOf(Format.values(), format -> format.name().toLowerCase(Locale.ROOT), word);
    }

    public static DocumentFormat documentFormat(String word) {
        return oneOf(DocumentFormat.values(), format -> format.name().toLowerCase(Locale.ROOT), word);
    }

    public static TargetMode targetMode(String word) {
        return oneOf(TargetMode.values(), TargetMode::label, word);
    }

    public static WriteMode writeMode(String word) {
        return oneOf(WriteMode.values(), ValueConverters::label, word);
    }

    public static Durability durability(String word) {
        return oneOf(Durability.values(), ValueConverters::label, word);
    }

    public static HardLinks hardLinks(String word) {
        return oneOf(HardLinks.values(), ValueConverters::label, word);
    }

    /** Converts {@code cpython-311}, or {@code cpython-311:1} for the pycs that {@code -O} writes. */
    public static Expected expected(String word) {
        int colon = word.indexOf(':');
        String tag = colon < 0 ? word : word.substring(0, colon);
        String level = colon < 0 ? "0" : word.substring(colon + 1);
        if (tag.isEmpty() || tag.contains("/") || !List.of("0", "1", "2").contains(level)) {
            throw new TypeConversionException(
                    "'" + word + "' is not a tag (cpython-311) or a tag and a level (cpython-311:1)");
        }
        return new Expected(
                CacheTag.of(tag), level.equals("0") ? OptimizationLevel.NONE : new OptimizationLevel(level));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The value that has the label {@code word}.
     *
     * @throws TypeConversionException when there is none
     */
    public static <T> T oneOf(T[] values, Function<T, String> label, String word) {
        return Arrays.stream(values)
                .filter(value -> label.apply(value).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> refused(word, Arrays.stream(values).map(label).collect(Collectors.joining(", "))));
    }

    private static TypeConversionException refused(String word, String wanted) {
        return new TypeConversionException("'" + word + "' is not one of: " + wanted);
    }
}
