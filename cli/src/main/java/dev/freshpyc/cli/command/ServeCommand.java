package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.ConfigFile;
import dev.freshpyc.cli.option.DurabilityArgument;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.HttpService;
import dev.freshpyc.cli.serve.IdleCollection;
import dev.freshpyc.cli.serve.RefreshJobs;
import dev.freshpyc.cli.serve.ServedEntries;
import dev.freshpyc.cli.serve.ServiceMeters;
import dev.freshpyc.cli.serve.ServiceState;
import dev.freshpyc.cli.serve.VerdictEvents;
import dev.freshpyc.cli.serve.VerdictHistory;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import dev.freshpyc.cli.serve.hashserv.HashservAddress;
import dev.freshpyc.cli.serve.hashserv.HashservService;
import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.proof.ProofStore;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.host.ServiceManager;
import dev.freshpyc.indexer.refresh.RefreshSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.watch.DirectoryWatch;
import dev.freshpyc.indexer.watch.IndexKeeper;
import dev.freshpyc.indexer.watch.WatchRoots;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc serve}: keeps the indexes up to date and answers lookups over HTTP until the process is told to end. */
final class ServeCommand implements Command {

    private static final String ONCE = "--once";
    private static final Duration CLOSING = Duration.ofSeconds(1);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("serve");
        spec.usageMessage().description("Keeps the index up to date as files change, and answers lookups over HTTP.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(spec, "Without PATH, serve the sys.path of this interpreter. Default: python3.");
        AccessArguments.declare(spec);
        spec.addOption(IndexArguments.mostProofs()).addOption(DurabilityArgument.option());
        EquivalenceArguments.declare(spec);
        HashservArguments.declare(spec);
        return spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(PrefixArgument.option())
                .addOption(ConfigFile.option())
                .addOption(AutoRepair.option())
                .addOption(Options.flag(
                        ONCE,
                        "Bring the index up to date, repair what --auto-repair says, and end: for cron, without HTTP."))
                .addPositional(Options.paths("PATH", "Directories as on sys.path. Default: the sys.path of --python."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public List<String> expand(List<String> args) {
        return ConfigFile.expand(args, this::spec);
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        Access access = AccessArguments.of(parsed);
        List<HashservAddress> hashserv = HashservArguments.of(parsed, access);
        IndexStore store = IndexArguments.required(parsed, streams);
        InterpreterQuestion question = InterpreterQuestion.of(parsed);
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        ScanTarget target =
                ScanTarget.of(paths, question, Optional.empty(), streams.err()).ofSources();
        ScanOptions scan = ScanOptions.defaults()
                .withPrefix(PrefixArgument.of(parsed, Optional.of(target).flatMap(ScanTarget::environment)));
        List<PathEntry> entries = target.existing();
        Clock clock = Clock.systemUTC();
        ServedEntries served = new ServedEntries(store, entries, scan, System::nanoTime);
        ServiceMeters meters = new ServiceMeters(served, clock);
        VerdictEvents events = new VerdictEvents();
        VerdictHistory history = new VerdictHistory(served, clock);
        Optional<ProofStore> proofs = IndexArguments.proofs(parsed, streams.err());
        ServedRefresh refresher = new ServedRefresh(
                served,
                proofs,
                scan,
                entries,
                question,
                meters,
                events,
                history,
                AutoRepair.of(parsed, store, proofs, scan, entries, question),
                streams.err());
        if (parsed.hasMatchedOption(ONCE)) {
            try (served) {
                return once(refresher);
            }
        }
        String prefix = EquivalenceArguments.prefix(parsed);
        try (served;
                RefreshJobs jobs = new RefreshJobs(served, refresher);
                Equivalences equivalences = EquivalenceArguments.open(parsed, refresher::tell);
                HttpService service = HttpService.start(
                        access, new ServiceState(served, jobs, equivalences, prefix, meters, events, history, clock));
                HashservService builds = HashservService.start(hashserv, access, equivalences)) {
            meters.watch(equivalences.counts());
            ServiceManager manager = new ServiceManager(EnvironmentVariables.get(ServiceManager.SOCKET));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service, builds, manager), "end"));
            streams.out().println("listening at " + access.shown(service.port()));
            builds.addresses().forEach(address -> streams.out().println("hash equivalence at " + address));
            streams.out().flush();
            manager.ready()
                    .ifPresent(error -> streams.err()
                            .println("freshpyc: the service manager could not be told that the service is ready: "
                                    + error.symbol()));
            streams.err().flush();
            IdleCollection.start();
            Thread.ofPlatform()
                    .daemon()
                    .name("keeper")
                    .start(() -> keep(() -> WatchRoots.of(entries, scan.pycachePrefix()), refresher, meters));
            new CountDownLatch(1).await();
        }
        return ExitCode.OK;
    }

    private static int once(ServedRefresh refresher) throws InterruptedException {
        boolean complete =
                refresher.run(Optional.empty()).map(RefreshSummary::isComplete).orElse(false);
        return complete ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    /** Keeps the indexes up to date until the process ends. A refresh that is cut off then leaves the last generation in place. */
    private static void keep(Supplier<WatchRoots> roots, ServedRefresh refresher, ServiceMeters meters) {
        try (DirectoryWatch watch = DirectoryWatch.of(roots, refresher::tell)) {
            IndexKeeper keeper = new IndexKeeper(watch, refresher, RacyWindow.DEFAULT.width(), System::nanoTime);
            meters.watch(keeper::waiting);
            keeper.run();
        } catch (InterruptedException | IOException ended) {
            refresher.tell("the indexes are no longer kept up to date: " + ended);
        }
    }

    /**
     * Ends the process with exit code 0 on SIGTERM and SIGINT, the signals that end services. Waits at most a second
     * for connections that do not close.
     */
    private static void end(HttpService service, HashservService builds, ServiceManager manager) {
        manager.stopping();
        builds.close();
        try {
            Thread.ofPlatform().daemon().start(service::close).join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
