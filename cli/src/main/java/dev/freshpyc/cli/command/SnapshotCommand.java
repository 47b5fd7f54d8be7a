package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.DurabilityArgument;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.MaxSizeArgument;
import dev.freshpyc.cli.option.NamedTarget;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.RefreshReport;
import dev.freshpyc.cli.render.SnapshotReport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.index.IndexRules;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.prove.BodyProver;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.ProofTally;
import dev.freshpyc.indexer.refresh.ChangedPaths;
import dev.freshpyc.indexer.refresh.Refresh;
import dev.freshpyc.indexer.refresh.RefreshAids;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.snapshot.Rollback;
import dev.freshpyc.indexer.snapshot.RollbackSummary;
import dev.freshpyc.indexer.snapshot.SaveResult;
import dev.freshpyc.indexer.snapshot.Scrub;
import dev.freshpyc.indexer.snapshot.SnapshotDirectory;
import dev.freshpyc.indexer.snapshot.SnapshotListing;
import dev.freshpyc.indexer.snapshot.SnapshotName;
import dev.freshpyc.indexer.snapshot.SnapshotRemoval;
import dev.freshpyc.indexer.snapshot.SnapshotSave;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc snapshot save|list|rollback|remove|scrub}: named states of index and bytecode. */
final class SnapshotCommand implements Command {

    private static final String PROVE = "--prove";
    private static final String DRY_RUN = "--dry-run";
    private static final String FORMAT = "--format";

    /** The task of the command. */
    enum SnapshotTask {
        SAVE,
        LIST,
        ROLLBACK,
        REMOVE,
        SCRUB;

        static SnapshotTask of(String word) {
            return ValueConverters.oneOf(values(), word);
        }
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("snapshot");
        spec.usageMessage()
                .description(
                        "Keeps named states of a path entry: its index, and its bytecode with the headers. save NAME refreshes the"
                                + " index and makes a snapshot, which becomes the default. list lists the snapshots and marks the"
                                + " default with *. rollback [NAME] restores index, headers and replaced bytecode from NAME, or"
                                + " without NAME from the default. remove NAME deletes a snapshot. scrub deletes everything that"
                                + " freshpyc keeps for the entry.",
                        "The first refresh makes the snapshot postinit, which stays. A rollback leaves and reports a file whose"
                                + " source has changed since, and one that an interpreter would load though nothing proves it."
                                + " Sources and files that were made since are left as they are.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(spec, "Without PATH, the sys.path of this interpreter.");
        return spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(RootArgument.option())
                .addOption(MaxSizeArgument.option(
                        "With save: above 75 %% of BYTES a warning is printed, and above 90 %% nothing is saved."))
                .addOption(
                        Options.flag(
                                PROVE,
                                "With save: compile the sources of bytecode that nothing proves, and compare, so that a rollback can put it back."))
                .addOption(Options.flag(DRY_RUN, "With rollback: print what would be put back; change nothing."))
                .addOption(DurabilityArgument.option())
                .addOption(
                        Options.value(FORMAT, "FORMAT", DocumentFormat.class, "With list and rollback: text or json."))
                .addOption(WorkersArgument.option())
                .addOption(Options.flag("-q", "Print no summary."))
                .addPositional(Options.word("save|list|rollback|remove|scrub", 0, SnapshotTask.class, "What to do."))
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("NAME|PATH")
                        .index("1..*")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(
                                "The NAME of a snapshot, for save, remove and rollback: up to 64 letters, digits and _ . + -."
                                        + " Then directories as on sys.path; for rollback without NAME, a PATH needs a slash.")
                        .build());
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        HostFiles.requireWriting("snapshot");
        SnapshotWords words = SnapshotWords.of(
                parsed.matchedPositionalValue(0, SnapshotTask.LIST), parsed.matchedPositionalValue(1, List.of()));
        requireSense(words.task(), parsed);
        InterpreterQuestion question = InterpreterQuestion.of(
                parsed, words.paths().stream().map(RawPath::of).toList());
        Optional<RawPath> root = RootArgument.of(parsed);
        if (words.task() == SnapshotTask.ROLLBACK && words.paths().isEmpty() && root.isEmpty() && !question.isAsked()) {
            refuseDirectoryAsName(words);
        }
        ScanTarget target = words.task() == SnapshotTask.ROLLBACK || words.task() == SnapshotTask.SCRUB
                ? NamedTarget.of("snapshot " + words.label(), words.paths(), root, question, streams.err())
                : ScanTarget.of(words.paths(), question, root, streams.err()).ofSources();
        SnapshotRun run = new SnapshotRun(
                parsed, streams, IndexArguments.directory(parsed, streams), IndexArguments.required(parsed, streams));
        return switch (words.task()) {
            case SAVE -> run.save(words, target, question, root);
            case LIST -> run.list(target);
            case ROLLBACK -> run.rollback(words, target, root);
            case REMOVE -> run.remove(words, target);
            case SCRUB -> run.scrub(target);
        };
    }

    /**
     * Refuses a single word that names a directory, since the word would be taken for the name of a snapshot; the
     * message says how to write the directory.
     */
    private static void refuseDirectoryAsName(SnapshotWords words) {
        String name = words.name().map(SnapshotName::text).orElse("");
        if (!name.isEmpty() && CanonicalPath.isDirectory(RawPath.of(name))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'" + name + "' is taken for the name of a snapshot: write './" + name + "' for the directory");
        }
    }

    private static void requireSense(SnapshotTask task, ParseResult parsed) {
        require(parsed, PROVE, task == SnapshotTask.SAVE, "save");
        require(parsed, MaxSizeArgument.NAME, task == SnapshotTask.SAVE, "save");
        require(parsed, DRY_RUN, task == SnapshotTask.ROLLBACK, "rollback");
        require(parsed, FORMAT, task == SnapshotTask.LIST || task == SnapshotTask.ROLLBACK, "list and rollback");
    }

    private static void require(ParseResult parsed, String option, boolean fits, String tasks) {
        if (parsed.hasMatchedOption(option) && !fits) {
            throw new CommandFailure(ExitCode.USAGE, option + " is for snapshot " + tasks);
        }
    }

    /** One run of the command. */
    private record SnapshotRun(ParseResult parsed, Streams streams, IndexDirectory indexes, IndexStore store) {

        private boolean isQuiet() {
            return parsed.hasMatchedOption("-q");
        }

        int save(SnapshotWords words, ScanTarget target, InterpreterQuestion question, Optional<RawPath> root)
                throws InterruptedException {
            List<PathEntry> entries = new ArrayList<>(target.directories());
            boolean complete = !entries.removeIf(this::complainsOfMissing);
            ScanOptions scan = ScanOptions.defaults().withWorkers(WorkersArgument.of(parsed));
            for (PathEntry entry : entries) { // checked before the refresh, which takes time
                SnapshotDirectory snapshots = new SnapshotDirectory(indexes, scan.indexKey(entry));
                if (StoreReads.ask(() -> snapshots.has(words.requiredName()))) {
                    throw new CommandFailure(
                            ExitCode.INCOMPLETE,
                            SnapshotDirectory.alreadyThere(snapshots.entry(), words.requiredName()));
                }
            }
            RefreshSummary refreshed = refresh(entries, scan, question, root);
            RefreshReport.complain(refreshed, streams.err());
            SnapshotSave save = new SnapshotSave(
                    indexes, MaxSizeArgument.of(parsed), DurabilityArgument.of(parsed), InstantSource.system());
            complete &= refreshed.isComplete();
            for (PathEntry entry : entries) {
                SaveResult result = StoreReads.ask(() -> {
                    if (!words.requiredName().equals(SnapshotName.POSTINIT)) {
                        save.saveFirst(scan.indexKey(entry));
                    }
                    return save.save(scan.indexKey(entry), words.requiredName());
                });
                if (!isQuiet()) {
                    SnapshotReport.saved(
                            scan.indexKey(entry),
                            words.requiredName(),
                            result,
                            parsed.hasMatchedOption(PROVE),
                            streams.out());
                }
                SnapshotReport.complain(result, streams.err());
                complete &= result.leftCount() == 0;
            }
            return complete ? ExitCode.OK : ExitCode.INCOMPLETE;
        }

        /** Prints a line if an entry is no directory; true if so. */
        private boolean complainsOfMissing(PathEntry entry) {
            boolean missing = !CanonicalPath.isDirectory(entry.path());
            if (missing) {
                streams.err().println("freshpyc: " + entry.path().shown() + ": no such directory");
            }
            return missing;
        }

        /** Brings the index up to date, since a snapshot keeps its records of the present files. */
        private RefreshSummary refresh(
                List<PathEntry> entries, ScanOptions scan, InterpreterQuestion question, Optional<RawPath> root)
                throws InterruptedException {
            BodyProver.Scope scope =
                    parsed.hasMatchedOption(PROVE) ? BodyProver.Scope.UNPROVEN : BodyProver.Scope.REPLACED;
            try (Compilers compilers = Compilers.of(question.compilers(entries), scan.workers())) {
                Refresh refresh = refresh(
                        scan,
                        root,
                        RefreshAids.of(new ManifestEvidence(root))
                                .proving(() -> new BodyProver(scope, compilers, new ProofTally())));
                return YoungFiles.settle(refresh.run(entries), refresh, store, entries, scan);
            }
        }

        private Refresh refresh(ScanOptions scan, Optional<RawPath> root, RefreshAids aids) {
            return new Refresh(
                    HostFiles.readers(root),
                    store,
                    IndexArguments.proofs(parsed, streams.err()),
                    scan,
                    new IndexRules(RacyWindow.DEFAULT, true, true, true),
                    aids);
        }

        int list(ScanTarget target) {
            List<SnapshotListing> listings = new ArrayList<>();
            boolean complete = true;
            for (PathEntry entry : target.directories()) {
                SnapshotListing listing = StoreReads.ask(
                        () -> SnapshotListing.of(indexes, ScanOptions.defaults().indexKey(entry)));
                if (listing.rows().isEmpty()
                        && complainsOfMissing(entry)) { // a directory that is gone may have snapshots
                    complete = false;
                } else {
                    listings.add(listing);
                }
            }
            SnapshotReport.list(listings, parsed.matchedOptionValue(FORMAT, DocumentFormat.TEXT), streams.out());
            return complete ? ExitCode.OK : ExitCode.INCOMPLETE;
        }

        int rollback(SnapshotWords words, ScanTarget target, Optional<RawPath> root) {
            boolean dry = parsed.hasMatchedOption(DRY_RUN);
            Rollback rollback = new Rollback(
                    indexes,
                    store,
                    IndexArguments.journals(parsed),
                    DurabilityArgument.of(parsed),
                    InstantSource.system(),
                    RootArgument.of(parsed));
            boolean left = false;
            boolean incomplete = false;
            for (RawPath entry : keys(target)) {
                RollbackSummary summary = StoreReads.ask(() ->
                        dry ? rollback.plan(entry, words.name(), _ -> {}) : rollback.run(entry, words.name(), _ -> {}));
                if (!isQuiet()) {
                    SnapshotReport.rolledBack(
                            entry, summary, dry, parsed.matchedOptionValue(FORMAT, DocumentFormat.TEXT), streams.out());
                }
                summary.problems().forEach(line -> streams.err().println("freshpyc: " + line));
                left |= summary.leftCount() > 0;
                incomplete |= !summary.problems().isEmpty();
                incomplete |= !dry && !judgeChanged(entry, summary.changed(), root);
            }
            return ExitCode.of(left, incomplete);
        }

        /**
         * Judges bytecode beside sources that have changed since the save, since the restored index has no record of
         * it.
         */
        private boolean judgeChanged(RawPath entry, List<RawPath> sources, Optional<RawPath> root) {
            List<PathEntry> entries = List.of(new PathEntry.Directory(entry, 0));
            ChangedPaths changed =
                    ChangedPaths.of(sources.stream().map(entry::resolve).toList(), entries);
            RefreshSummary summary = refresh(ScanOptions.defaults(), root, RefreshAids.of(new ManifestEvidence(root)))
                    .run(entries, changed);
            RefreshReport.complain(summary, streams.err());
            return summary.isComplete();
        }

        int remove(SnapshotWords words, ScanTarget target) {
            SnapshotRemoval removal = new SnapshotRemoval(indexes);
            for (RawPath entry : keys(target)) {
                StoreReads.ask(() -> {
                    removal.remove(entry, words.requiredName());
                    return true;
                });
                if (!isQuiet()) {
                    streams.out().println(entry.shown() + ": removed snapshot " + words.requiredName());
                }
            }
            return ExitCode.OK;
        }

        int scrub(ScanTarget target) {
            Scrub scrub = new Scrub(indexes, store, IndexArguments.journals(parsed));
            for (RawPath entry : keys(target)) {
                Scrub.ScrubResult result = StoreReads.ask(() -> scrub.run(entry));
                if (!isQuiet()) {
                    SnapshotReport.scrubbed(entry, result, streams.out());
                }
            }
            return ExitCode.OK;
        }

        private static List<RawPath> keys(ScanTarget target) {
            return target.directories().stream()
                    .map(ScanOptions.defaults()::indexKey)
                    .toList();
        }
    }
}
