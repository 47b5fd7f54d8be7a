package dev.freshpyc.cli.command;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.audit.AuditOptions;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.Expected;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code audit} and {@code explain} ask alike: which interpreter, and where and how it looks for bytecode. */
final class ScanArguments {

    @Option(
            names = "--python",
            paramLabel = "EXE",
            description =
                    "The interpreter to ask for its magic number and, without PATH, its sys.path. Default: python3.")
    @Nullable
    String python;

    @Option(
            names = "--check-hash-based-pycs",
            paramLabel = "WHEN",
            defaultValue = "default",
            description =
                    "Judge hash-based files as an interpreter run with this option does: default, always or never.")
    HashChecks checks = HashChecks.DEFAULT;

    @Option(
            names = "--pycache-prefix",
            paramLabel = "DIR",
            description = "Look for bytecode under DIR, as with PYTHONPYCACHEPREFIX.")
    @Nullable
    String prefix;

    /** Options for a scan that follow from these and from the interpreter, if one was asked. */
    AuditOptions options(
            Optional<KnownInterpreter> interpreter,
            int workers,
            List<Expected> expected,
            Exclusions exclusions,
            boolean deep,
            boolean all) {
        ScanOptions scan =
                new ScanOptions(workers, absolutePrefix(), expected, exclusions, interpreter, InstantSource.system());
        return new AuditOptions(scan, checks, RacyWindow.DEFAULT, deep, all);
    }

    private Optional<RawPath> absolutePrefix() {
        return Optional.ofNullable(prefix).map(RawPath::of).map(RawPath::absolute);
    }
}
