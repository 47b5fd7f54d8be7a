package dev.freshpyc.cli.option;

import dev.freshpyc.cli.earlier.EarlierAudit;
import dev.freshpyc.cli.render.AuditFormat;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code --baseline} and {@code --diff}: the report of an earlier audit. */
public final class EarlierArgument implements AutoCloseable {

    private static final String BASELINE = "--baseline";
    private static final String DIFF = "--diff";

    private static final Set<AuditFormat> COMPARING = Set.of(AuditFormat.TEXT, AuditFormat.JSON, AuditFormat.JSONL);

    private final Optional<EarlierAudit> baseline;
    private final Optional<EarlierAudit> compared;
    private final String file;

    private EarlierArgument(Optional<EarlierAudit> baseline, Optional<EarlierAudit> compared, String file) {
        this.baseline = baseline;
        this.compared = compared;
        this.file = file;
    }

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

    /** Reads the report that the command line names; without the options, nothing is known and nothing compared. */
    public static EarlierArgument of(ParseResult parsed, AuditFormat format) {
        @Nullable String known = parsed.matchedOptionValue(BASELINE, (String) null);
        @Nullable String old = parsed.matchedOptionValue(DIFF, (String) null);
        if (known != null && old != null) {
            throw new CommandFailure(ExitCode.USAGE, "give " + BASELINE + " or " + DIFF + ", not both");
        }
        if (known != null) {
            return new EarlierArgument(Optional.of(read(BASELINE, known)), Optional.empty(), known);
        }
        if (old != null && !COMPARING.contains(format)) {
            throw new CommandFailure(ExitCode.USAGE, DIFF + " has the formats text, json and jsonl");
        }
        return old == null
                ? new EarlierArgument(Optional.empty(), Optional.empty(), "")
                : new EarlierArgument(Optional.empty(), Optional.of(read(DIFF, old)), old);
    }

    /** Tells whether {@code --baseline} has a finding; always false without the option. */
    public Predicate<Finding> known() {
        return baseline.<Predicate<Finding>>map(
                        audit -> finding -> finding.verdict().kind() != Kind.UNREADABLE && audit.has(finding))
                .orElse(_ -> false);
    }

    /** The earlier audit of {@code --diff}; empty without the option. */
    public Optional<EarlierAudit> compared() {
        return compared;
    }

    /**
     * A line for each entry with findings that the earlier report does not name, perhaps because it names the entry by
     * another path.
     */
    public List<String> notes(List<EntryReport> reports) {
        return baseline.or(() -> compared).stream()
                .flatMap(earlier -> reports.stream()
                        .filter(report -> report.counts().findings() > 0)
                        .map(report -> report.entry().path())
                        .filter(entry -> !earlier.names(entry)))
                .map(entry -> RawPath.of(file).shown() + " has nothing about " + entry.shown()
                        + ", so every finding in it counts as new")
                .toList();
    }

    @Override
    public void close() {
        baseline.or(() -> compared).ifPresent(EarlierAudit::close);
    }

    private static EarlierAudit read(String option, String file) {
        try {
            return EarlierAudit.read(JavaPath.of(file));
        } catch (NoSuchFileException _) {
            throw bad(option, file, "does not exist; 'freshpyc audit --format json' writes such a file");
        } catch (IOException wrong) {
            throw bad(option, file, CauseText.of(wrong));
        }
    }

    private static CommandFailure bad(String option, String file, String complaint) {
        return new CommandFailure(
                ExitCode.USAGE, option + ": " + RawPath.of(file).shown() + ": " + complaint);
    }
}
