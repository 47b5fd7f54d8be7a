package dev.freshpyc.cli.option;

import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.verdict.Evidence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The option {@code --profile}: how a tree is repaired before it is sealed into an image. A profile stands for other options, and an
 * option that the user gives beside it wins. The files of a sealed image are permanent, so no profile believes a header or a package
 * manager: each body that nobody has compared by content is compiled and compared.
 */
public enum SealProfile {
    /**
     * For a tree that becomes a commit of ostree, which sets all mtimes to 0 except those of empty files. A file that a repository
     * shares with the tree is never written.
     */
    OSTREE("--to unchecked-hash --require proof --hardlinks refuse"),
    /** For the root directory of a container image: copies and builders change its mtimes. */
    OCI("--to unchecked-hash --require proof"),
    /** For a read-only image: levels with equal bytes are stored once. */
    EROFS("--to unchecked-hash --require proof --share"),
    /**
     * For trees of two builds that must have the same bytes: no header has a time, every body is made in the same way, and the
     * wheels' RECORD files list the result. Hashes are checked, as py_compile chooses where SOURCE_DATE_EPOCH is set.
     */
    REPRODUCIBLE("--to checked-hash --renew --update-records");

    static final String NAME = "--profile";

    private final String options;

    SealProfile(String options) {
        this.options = options;
    }

    public static OptionSpec option() {
        return Options.value(
                NAME,
                "PROFILE",
                SealProfile.class,
                "Repair for an image. "
                        + Arrays.stream(values()).map(SealProfile::line).collect(Collectors.joining("; "))
                        + ". An option that is given beside it wins.");
    }

    static @Nullable SealProfile of(ParseResult parsed) {
        return parsed.matchedOptionValue(NAME, (SealProfile) null);
    }

    /** A line about the options that the named profile sets; null where the user named no profile. */
    public static @Nullable String told(ParseResult parsed) {
        @Nullable SealProfile named = of(parsed);
        if (named == null) {
            return null;
        }
        List<String> overridden = named.words().stream()
                .filter(word -> word.startsWith("--") && parsed.hasMatchedOption(word))
                .toList();
        return "profile " + named.line()
                + (overridden.isEmpty() ? "" : "; given instead: " + String.join(", ", overridden));
    }

    /** Whether the profile has a flag. */
    boolean sets(String flag) {
        return words().contains(flag);
    }

    TargetMode target() {
        return ValueConverters.targetMode(value("--to", TargetMode.AUTO.label()));
    }

    Evidence required() {
        return ValueConverters.evidence(value("--require", "header"));
    }

    private String value(String option, String otherwise) {
        int at = words().indexOf(option);
        return at < 0 ? otherwise : words().get(at + 1);
    }

    private List<String> words() {
        return List.of(options.split(" ", -1));
    }

    private String line() {
        return ValueConverters.label(this) + " sets " + options;
    }
}
