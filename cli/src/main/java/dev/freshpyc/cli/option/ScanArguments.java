package dev.freshpyc.cli.option;

import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that {@code audit} and {@code explain} share: about the interpreter, and the place where it looks for pycs. */
public record ScanArguments(InterpreterQuestion question, HashChecks checks, ParseResult parsed) {

    private static final String CHECKS = "--check-hash-based-pycs";

    /**
     * Adds the options.
     *
     * @param withoutPath says what a command without PATH scans; empty for a command that needs a path
     */
    public static void declare(CommandSpec spec, String withoutPath) {
        EnvironmentArguments.declare(
                spec,
                "Judge by the magic number of this interpreter; with several, by that of each file's tag."
                        + withoutPath);
        spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(
                        Options.value(
                                CHECKS,
                                "WHEN",
                                HashChecks.class,
                                "Judge hash-based files as an interpreter with the same option does: default, always or never."))
                .addOption(PrefixArgument.option());
    }

    public static ScanArguments of(ParseResult parsed) {
        return new ScanArguments(
                InterpreterQuestion.of(parsed), parsed.matchedOptionValue(CHECKS, HashChecks.DEFAULT), parsed);
    }

    /** The rules for judging files. */
    public Rules rules(boolean deep) {
        return new Rules(checks, RacyWindow.DEFAULT, deep);
    }

    /** Whether recorded verdicts answer the question, since they are those of an interpreter without options. */
    public boolean isDefaultQuestion() {
        return checks == HashChecks.DEFAULT && !question.isAsked();
    }

    /** The scan options that follow from these arguments and from the answer of the interpreter that was asked. */
    public ScanOptions scan(Optional<PythonEnvironment> asked, int workers) {
        return new ScanOptions(
                workers,
                PrefixArgument.of(parsed, asked),
                List.of(),
                Exclusions.NONE,
                asked.map(PythonEnvironment::interpreter),
                InstantSource.system());
    }
}
