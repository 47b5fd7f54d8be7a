package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that {@code audit} and {@code explain} share: which interpreter, and where it looks for pycs. */
public record ScanArguments(InterpreterQuestion question, HashChecks checks, Optional<RawPath> prefix) {

    private static final String PYTHON = "--python";
    private static final String CHECKS = "--check-hash-based-pycs";
    private static final String PREFIX = "--pycache-prefix";

    public static void declare(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(PYTHON)
                        .paramLabel("EXE")
                        .type(String.class)
                        .description("Judge by the magic number of this interpreter."
                                + " 'audit' without PATH scans its sys.path (default: python3).")
                        .build())
                .addOption(PythonTimeout.option())
                .addOption(
                        Options.value(
                                CHECKS,
                                "WHEN",
                                HashChecks.class,
                                "Judge hash-based files as an interpreter with the same option does: default, always or never."))
                .addOption(OptionSpec.builder(PREFIX)
                        .paramLabel("DIR")
                        .type(String.class)
                        .description("Look for bytecode under DIR, as with PYTHONPYCACHEPREFIX.")
                        .build());
    }

    public static ScanArguments of(ParseResult parsed) {
        @Nullable String prefix = parsed.matchedOptionValue(PREFIX, (String) null);
        return new ScanArguments(
                InterpreterQuestion.of(parsed),
                parsed.matchedOptionValue(CHECKS, HashChecks.DEFAULT),
                Optional.ofNullable(prefix).map(RawPath::of).map(RawPath::absolute));
    }

    /** How files are judged. */
    public Rules rules(boolean deep) {
        return new Rules(checks, RacyWindow.DEFAULT, deep);
    }

    /** Whether recorded verdicts answer the question: they are those of an interpreter without options. */
    public boolean isDefaultQuestion() {
        return checks == HashChecks.DEFAULT && !question.isAsked() && prefix.isEmpty();
    }

    /** The scan options that follow from these arguments. */
    public ScanOptions scan(Optional<KnownInterpreter> interpreter, int workers) {
        return new ScanOptions(workers, prefix, List.of(), Exclusions.NONE, interpreter, InstantSource.system());
    }
}
