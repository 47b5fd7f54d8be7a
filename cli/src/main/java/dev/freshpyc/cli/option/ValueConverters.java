package dev.freshpyc.cli.option;

import dev.freshpyc.cli.render.AuditFormat;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.core.packaging.Transport;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Converts words of the command line to values. */
public final class ValueConverters {

    /** What a user can require: another option, --assume-matching, makes a word of the user the evidence. */
    private static final Evidence[] REQUIRABLE = Arrays.stream(Evidence.values())
            .filter(evidence -> evidence != Evidence.ASSUMED)
            .toArray(Evidence[]::new);

    private ValueConverters() {}

    /** The words that an option of a type takes; none where the words cannot be listed. */
    public static List<String> accepted(Class<?> type) {
        if (type == FailOn.class) {
            return FailOn.words();
        }
        if (type == Transport.class) {
            return AfterArgument.words();
        }
        if (type == Expected.class) {
            return CacheTag.knownNames();
        }
        if (type == OptimizationLevel.class) {
            return List.of("1", "2");
        }
        if (type == Evidence.class) {
            return Arrays.stream(REQUIRABLE).map(ValueConverters::label).toList();
        }
        Object @Nullable [] constants = type.getEnumConstants();
        return constants == null
                ? List.of()
                : Arrays.stream(constants).map(ValueConverters::label).toList();
    }

    /** A number of this size, in decimal digits. */
    public static int wholeInt(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException other) {
            throw notWhole(word);
        }
    }

    /** The same for large numbers. */
    public static long wholeLong(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException other) {
            throw notWhole(word);
        }
    }

    private static TypeConversionException notWhole(String word) {
        return new TypeConversionException("'" + word + "' is not a whole number, or is too large");
    }

    public static HashChecks hashChecks(String word) {
        return oneOf(HashChecks.values(), word);
    }

    /** Converts {@code assumed} too, so that the command can name the option that is meant. */
    public static Evidence evidence(String word) {
        return word.equals(Evidence.ASSUMED.label()) ? Evidence.ASSUMED : oneOf(REQUIRABLE, word);
    }

    public static Format format(String word) {
        return oneOf(Format.values(), word);
    }

    public static ColorArgument.When color(String word) {
        return oneOf(ColorArgument.When.values(), word);
    }

    public static AuditFormat auditFormat(String word) {
        return oneOf(AuditFormat.values(), word);
    }

    public static DocumentFormat documentFormat(String word) {
        return oneOf(DocumentFormat.values(), word);
    }

    public static TargetMode targetMode(String word) {
        return oneOf(TargetMode.values(), word);
    }

    public static WriteMode writeMode(String word) {
        return oneOf(WriteMode.values(), word);
    }

    public static SealProfile profile(String word) {
        return oneOf(SealProfile.values(), word);
    }

    public static Durability durability(String word) {
        return oneOf(Durability.values(), word);
    }

    public static HardLinks hardLinks(String word) {
        return oneOf(HardLinks.values(), word);
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
        CacheTag known = CacheTag.of(tag);
        if (!known.isKnown()) {
            throw new TypeConversionException("no interpreter has the tag '" + tag + "'; known tags: "
                    + String.join(", ", CacheTag.knownNames()));
        }
        return new Expected(known, level.equals("0") ? OptimizationLevel.NONE : new OptimizationLevel(level));
    }

    /** Converts {@code 1} or {@code 2}, the levels of {@code -O} and {@code -OO}. */
    public static OptimizationLevel optimizationLevel(String word) {
        if (!List.of("1", "2").contains(word)) {
            throw new TypeConversionException("'" + word + "' is not one of: 1, 2");
        }
        return new OptimizationLevel(word);
    }

    /** The word of a constant on the command line. */
    public static String label(Object constant) {
        return constant instanceof TargetMode mode
                ? mode.label()
                : constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant that is written as {@code word}.
     *
     * @throws TypeConversionException when there is none
     */
    public static <T> T oneOf(T[] values, String word) {
        return Arrays.stream(values)
                .filter(value -> label(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of: "
                        + Arrays.stream(values).map(ValueConverters::label).collect(Collectors.joining(", "))));
    }
}
