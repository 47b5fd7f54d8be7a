package dev.freshpyc.cli.option;

import dev.freshpyc.cli.render.Format;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Declares options, by calls and not by annotations: at every start, reading annotations would take longer than the rest of the parsing.
 */
public final class Options {

    public static final String NO_TRUST_CTIME = "--no-trust-ctime";

    public static final String VERBOSE = "-v";

    private Options() {}

    /** The option {@code --no-trust-ctime} of commands that compare stamps. */
    public static OptionSpec noTrustCtime() {
        return flag(
                NO_TRUST_CTIME,
                "Hash every file, also where its stamp is unchanged. For file systems without a stable ctime or inode number.");
    }

    /** The option {@code -v} of commands that ask manifests. */
    public static OptionSpec verbose() {
        return flag(
                VERBOSE, "Also print on standard error which manifests of package managers were read, and how far.");
    }

    /** The option {@code --format} of commands that have an outcome for each file. */
    public static OptionSpec outcomeFormat() {
        return value(
                "--format",
                "FORMAT",
                Format.class,
                "text, json or jsonl. jsonl prints one object per file and no summary.");
    }

    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** A parameter that must be one of a few words, such as the task of a command. */
    public static PositionalParamSpec word(String label, int index, Class<?> type, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index(String.valueOf(index))
                .arity("1")
                .required(true)
                .type(type)
                .completionCandidates(accepted(type))
                .description(description)
                .build();
    }

    public static OptionSpec value(String name, String label, Class<?> type, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(type)
                .completionCandidates(accepted(type))
                .description(description)
                .build();
    }

    /** An option that takes several values in one argument, separated by commas. */
    public static OptionSpec values(String name, String label, Class<?> type, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(type)
                .splitRegex(",")
                .completionCandidates(accepted(type))
                .description(description)
                .build();
    }

    /** The words that a shell offers, found only when a completion script is made. */
    private static Iterable<String> accepted(Class<?> type) {
        return () -> ValueConverters.accepted(type).iterator();
    }

    /** An option that may be given more than once, each time with one value. */
    public static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    public static PositionalParamSpec paths(String label, String description) {
        return positional(label, "0..*", description);
    }

    public static PositionalParamSpec somePaths(String label, String description) {
        return positional(label, "1..*", description);
    }

    private static PositionalParamSpec positional(String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    public static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Shows this help.")
                .build());
    }

    public static void addVersion(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .versionHelp(true)
                .description("Shows the version.")
                .build());
    }
}
