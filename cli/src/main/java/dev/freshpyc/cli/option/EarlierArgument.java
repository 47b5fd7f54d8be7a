package dev.freshpyc.cli.option;

import dev.freshpyc.cli.earlier.EarlierAudit;
import dev.freshpyc.cli.render.AuditFormat;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.Finding;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code --baseline} and {@code --diff}: the report of an earlier audit. */
public final class EarlierArgument {

    private static final String BASELINE = "--baseline";
    private static final String DIFF = "--diff";

    private static final Set<AuditFormat> COMPARING = Set.of(AuditFormat.TEXT, AuditFormat.JSON, AuditFormat.JSONL);

    private EarlierArgument() {}

    public static void declare(CommandSpec spec) {
        spec.addOption(Options.value(
                        BASELINE,
                        "FILE",
                        String.class,
                        "Report only findings that an earlier audit, saved with --format json or jsonl, does not have: other files, or"
                                + " other verdicts. What cannot be read is always reported."))
                .addOption(Options.value(
                        DIFF,
                        "FILE",
                        String.class,
                        "Report what differs from an earlier audit, saved with --format json or jsonl: new, changed and fixed findings."
                                + " In the formats text, json and jsonl."));
    }

    /** Tells whether {@code --baseline} has a finding; always false without the option. */
    public static Predicate<Finding> known(ParseResult parsed) {
        if (parsed.hasMatchedOption(BASELINE) && parsed.hasMatchedOption(DIFF)) {
            throw new CommandFailure(ExitCode.USAGE, "give " + BASELINE + " or " + DIFF + ", not both");
        }
        return read(parsed, BASELINE)
                .<Predicate<Finding>>map(
                        audit -> finding -> finding.verdict().kind() != Kind.UNREADABLE && audit.has(finding))
                .orElse(_ -> false);
    }

    /** The earlier audit of {@code --diff}; empty without the option. */
    public static Optional<EarlierAudit> compared(ParseResult parsed, AuditFormat format) {
        Optional<EarlierAudit> earlier = read(parsed, DIFF);
        if (earlier.isPresent() && !COMPARING.contains(format)) {
            throw new CommandFailure(ExitCode.USAGE, DIFF + " has the formats text, json and jsonl");
        }
        return earlier;
    }

    private static Optional<EarlierAudit> read(ParseResult parsed, String option) {
        @Nullable String file = parsed.matchedOptionValue(option, (String) null);
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(EarlierAudit.read(JavaPath.of(file)));
        } catch (NoSuchFileException _) {
            throw bad(option, file, "does not exist; 'freshpyc audit --format json' writes such a file");
        } catch (IOException wrong) {
            throw bad(
                    option, file, RawPath.of(String.valueOf(wrong.getMessage())).shown());
        }
    }

    private static CommandFailure bad(String option, String file, String complaint) {
        return new CommandFailure(
                ExitCode.USAGE, option + ": " + RawPath.of(file).shown() + ": " + complaint);
    }
}
