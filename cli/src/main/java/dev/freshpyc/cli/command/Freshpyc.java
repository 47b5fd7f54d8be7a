package dev.freshpyc.cli.command;

import dev.freshpyc.cli.render.Format;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.Expected;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program itself: it finds the command and turns every way to fail into one line and an exit code. */
@Command(
        name = "freshpyc",
        description = "Finds Python bytecode that is needlessly distrusted or wrongly trusted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {AuditCommand.class, ExplainCommand.class})
public final class Freshpyc {

    private final Streams streams;

    public Freshpyc(PrintStream out, PrintStream err) {
        this.streams = new Streams(out, err);
    }

    Streams streams() {
        return streams;
    }

    /** Runs one command line and returns the exit code. */
    public int run(String... args) {
        CommandLine line = commandLine();
        if (args.length == 0) {
            line.usage(streams.err());
            return ExitCode.USAGE;
        }
        int code = line.execute(args);
        streams.out().flush();
        streams.err().flush();
        return code;
    }

    /** The command line with all its commands, for those that generate something from it. */
    public CommandLine commandLine() {
        CommandLine line = new CommandLine(this)
                .setOut(writer(streams.out()))
                .setErr(writer(streams.err()))
                .setExpandAtFiles(false)
                .registerConverter(Verdict.Kind.class, Arguments::verdict)
                .registerConverter(HashChecks.class, Arguments::hashChecks)
                .registerConverter(Format.class, Arguments::format)
                .registerConverter(Expected.class, Arguments::expected);
        return line.setParameterExceptionHandler((failure, _) -> usage(failure))
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure));
    }

    private int usage(CommandLine.ParameterException failure) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        streams.err().println("freshpyc: " + failure.getMessage() + "; '" + command + " --help' lists the options");
        return ExitCode.USAGE;
    }

    private int failed(Exception failure) throws Exception {
        if (failure instanceof CommandFailure known) {
            streams.err().println("freshpyc: " + known.getMessage());
            return known.exitCode();
        }
        throw failure;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
