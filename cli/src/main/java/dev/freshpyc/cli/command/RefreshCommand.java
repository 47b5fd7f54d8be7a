package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.DurabilityArgument;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.EquivalenceServerArgument;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.MaxSizeArgument;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.host.HostFiles;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc refresh}: brings the index up to date. */
final class RefreshCommand implements Command {

    static final String STAT_ONLY = "--stat-only";
    static final String PROVE = "--prove";
    static final String NO_VERIFY = "--no-verify";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("refresh");
        spec.usageMessage().description("Brings the index up to date. Run it after every install.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(spec, "Without PATH, scan the sys.path of this interpreter. Default: python3.");
        ChangeList.declare(spec);
        EquivalenceServerArgument.declare(spec);
        return spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(RootArgument.option())
                .addOption(PrefixArgument.option())
                .addOption(Options.flag(STAT_ONLY, "Read no contents, only file attributes: nothing is proven."))
                .addOption(
                        Options.flag(
                                PROVE,
                                "Compile the source of each unproven bytecode file and compare the code; the index records the result."))
                .addOption(SealedIndexBuild.option())
                .addOption(IndexArguments.mostProofs())
                .addOption(
                        Options.flag(
                                NO_VERIFY,
                                "Trust what is new or has changed, such as after a bulk install, and hash no contents. Such files are recorded as unproven until a run without this option reads them."))
                .addOption(DurabilityArgument.option())
                .addOption(
                        MaxSizeArgument.option(
                                "The first refresh saves the snapshot postinit, unless the snapshots would take more than 90 %% of BYTES; with 0, it saves none."))
                .addOption(Options.noTrustCtime())
                .addOption(Options.outcomeFormat())
                .addOption(MetricsFile.option())
                .addOption(WorkersArgument.option())
                .addOption(Options.flag("-q", "No progress and no summary."))
                .addPositional(Options.paths("PATH", "Directories as on sys.path. Default: the sys.path of --python."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        requireSense(parsed);
        Optional<RawPath> root = RootArgument.of(parsed);
        if (!SealedIndexBuild.isAsked(parsed)) {
            IndexStore store = IndexArguments.required(parsed, streams);
            return new IndexRefresh(parsed, streams, root, store, Optional.empty()).run();
        }
        try (SealedIndexBuild sealing = SealedIndexBuild.of(parsed, root, streams.err())) {
            return new IndexRefresh(parsed, streams, root, sealing.store(), Optional.of(sealing)).run();
        }
    }

    private static void requireSense(ParseResult parsed) {
        if (parsed.hasMatchedOption(PROVE)) {
            refuseBeside(PROVE, List.of(STAT_ONLY), parsed);
        }
        if (parsed.hasMatchedOption(NO_VERIFY)) {
            refuseBeside(NO_VERIFY, List.of(PROVE, STAT_ONLY), parsed);
        }
        if (EquivalenceServerArgument.isAsked(parsed)) {
            refuseBeside("--equivalence", List.of(STAT_ONLY, NO_VERIFY, SealedIndexBuild.SEAL), parsed);
        }
        boolean partial = parsed.hasMatchedOption(STAT_ONLY) || parsed.hasMatchedOption(NO_VERIFY);
        if (SealedIndexBuild.isAsked(parsed) && (partial || ChangeList.isIn(parsed))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--seal reads the whole tree: it takes neither " + STAT_ONLY + " nor " + NO_VERIFY
                            + " nor --changed-from");
        }
    }

    private static void refuseBeside(String option, List<String> others, ParseResult parsed) {
        others.stream().filter(parsed::hasMatchedOption).findFirst().ifPresent(other -> {
            throw new CommandFailure(ExitCode.USAGE, option + " cannot be used with " + other + ": leave one out");
        });
    }
}
