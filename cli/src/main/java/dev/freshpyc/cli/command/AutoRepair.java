package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.DurabilityArgument;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.KeepArgument;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.repair.Repair;
import dev.freshpyc.indexer.repair.RepairStores;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Bodies;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Writes new headers over needless pycs after a refresh has found some. Bodies are never written, so a stale pyc stays
 * stale: its interpreter or {@code repair} compiles it.
 */
final class AutoRepair {

    private static final String NAME = "--auto-repair";

    private final RepairStores stores;
    private final ScanOptions scan;
    private final List<PathEntry> entries;
    private final InterpreterQuestion question;
    private final RepairOptions options;

    private AutoRepair(
            RepairStores stores,
            ScanOptions scan,
            List<PathEntry> entries,
            InterpreterQuestion question,
            TargetMode mode,
            Durability durability) {
        this.stores = stores;
        this.scan = scan;
        this.entries = entries.stream()
                .filter(entry ->
                        !(entry instanceof PathEntry.Archive)) // members of archives are stored by the archive's tool
                .toList();
        this.question = question;
        options = new RepairOptions(
                new TargetHeader(mode, OptionalLong.empty()),
                Evidence.HEADER,
                false,
                WriteMode.REPLACE,
                durability,
                HardLinks.REFUSE,
                false,
                Optional.empty(),
                true,
                KeepArgument.DEFAULT,
                RecordPolicy.NAME,
                Bodies.KEEP_ALL,
                Optional.empty());
    }

    static OptionSpec option() {
        return Options.value(
                NAME,
                "MODE",
                TargetMode.class,
                "Write new headers over needless bytecode as it is found: auto, checked-hash, unchecked-hash, timestamp or zero-mtime, as repair --to."
                        + " Bytecode that is stale, or that nothing proves, stays as it is. 'freshpyc undo' puts the headers back.");
    }

    /** The repair that the user wants; empty without the option. */
    static Optional<AutoRepair> of(
            ParseResult parsed,
            IndexStore store,
            Optional<ProofStore> proofs,
            ScanOptions scan,
            List<PathEntry> entries,
            InterpreterQuestion question) {
        if (!parsed.hasMatchedOption(NAME)) {
            return Optional.empty();
        }
        HostFiles.requireWriting(NAME);
        return Optional.of(new AutoRepair(
                new RepairStores(store, proofs, IndexArguments.journals(parsed)),
                scan,
                entries,
                question,
                parsed.matchedOptionValue(NAME, TargetMode.AUTO),
                DurabilityArgument.of(parsed)));
    }

    /**
     * Repairs the pycs that a refresh found needless; empty where it found none.
     *
     * @throws IOException when nothing could be written
     */
    Optional<RepairSummary> after(RefreshSummary refreshed) throws IOException, InterruptedException {
        if (refreshed.verdicts().of(Verdict.Kind.NEEDLESS) == 0) {
            return Optional.empty();
        }
        Repair repair = new Repair(HostFiles.readers(), stores, scan, options, question.compilers(entries));
        return Optional.of(repair.run(entries));
    }
}
