package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.serve.HttpService;
import dev.freshpyc.cli.serve.ListenAddress;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc serve}: answers lookups over HTTP until the process is told to end. */
final class ServeCommand implements Command {

    private static final String LISTEN = "--listen";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("serve");
        spec.usageMessage().description("Answers lookups over HTTP, for programs on this machine.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(spec, "Without PATH, serve the sys.path of this interpreter. Default: python3.");
        return spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(PrefixArgument.option())
                .addOption(Options.value(
                        LISTEN,
                        "HOST:PORT",
                        String.class,
                        "The loopback address to listen at; port 0 takes any free port. Default: "
                                + ListenAddress.DEFAULT + "."))
                .addPositional(Options.paths("PATH", "Directories as on sys.path. Default: the sys.path of --python."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        ListenAddress address = ListenAddress.of(parsed.matchedOptionValue(LISTEN, ListenAddress.DEFAULT));
        IndexStore store = IndexArguments.required(parsed, streams);
        InterpreterQuestion question = InterpreterQuestion.of(parsed);
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        ScanTarget target =
                ScanTarget.of(paths, question, Optional.empty(), streams.err()).ofSources();
        ScanOptions scan = ScanOptions.defaults()
                .withPrefix(PrefixArgument.of(parsed, Optional.of(target).flatMap(ScanTarget::environment)));
        CountDownLatch ended = new CountDownLatch(1);
        try (HttpService service = HttpService.start(address, store, target.existing(), scan, Clock.systemUTC())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service, ended), "end"));
            streams.out().println("listening at http://" + shown(address) + ":" + service.port());
            streams.out().flush();
            streams.err().flush();
            ended.await();
        }
        return ExitCode.OK;
    }

    private static String shown(ListenAddress address) {
        return address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
    }

    /** Ends the process with exit code 0 on SIGTERM and SIGINT, which are how a service is told to end. */
    private static void end(HttpService service, CountDownLatch ended) {
        service.close();
        ended.countDown();
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
