package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.AfterArgument;
import dev.freshpyc.cli.option.ColorArgument;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.FailOn;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.SealProfile;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.cli.render.AuditFormat;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.ReportRoomException;
import dev.freshpyc.cli.render.Version;
import dev.freshpyc.core.packaging.Transport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.indexer.host.HostFiles.UnsupportedHostException;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.scan.ScanOptions.Expected;
import dev.freshpyc.perf.startup.StartState;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: finds the command, and turns every failure into one line and an exit code. */
public final class Program {

    private final Streams streams;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    public Program(PrintStream out, PrintStream err) {
        streams = new Streams(out, err);
        commands.put("audit", new AuditCommand());
        commands.put("explain", new ExplainCommand());
        commands.put("refresh", new RefreshCommand());
        commands.put("repair", new RepairCommand());
        commands.put("clean", new CleanCommand());
        commands.put("undo", new UndoCommand());
        commands.put("lookup", new LookupCommand());
        commands.put("status", new StatusCommand());
        commands.put("index", new IndexCommand());
        commands.put("entry-points", new EntryPointsCommand());
        commands.put("proofs", new ProofsCommand());
        commands.put("environments", new EnvironmentsCommand());
        commands.put("hook", new HookCommand());
        commands.put("snapshot", new SnapshotCommand());
        commands.put("bench", new BenchCommand());
        commands.put("serve", new ServeCommand());
        commands.put("docs", new DocsCommand());
    }

    /** Runs one command line and returns the exit code. */
    public int run(String... args) {
        prepare(args);
        CommandLine line =
                args.length > 0 && commands.containsKey(args[0]) ? commandLine(Set.of(args[0])) : commandLine();
        try {
            return run(line.parseArgs(expand(args)));
        } catch (ParameterException wrong) {
            return fail(ExitCode.USAGE, UsageError.line(wrong));
        } catch (CommandFailure known) {
            return fail(known.exitCode(), known.line());
        } catch (UnsupportedHostException | ReportRoomException unable) {
            return fail(ExitCode.INCOMPLETE, String.valueOf(unable.getMessage()));
        } catch (InvalidPathException nameless) {
            return fail(
                    ExitCode.INCOMPLETE,
                    RawPath.of(nameless.getInput()).shown()
                            + ": no file can have this name here: run freshpyc in a locale with UTF-8, such as LC_ALL=C.UTF-8,"
                            + " or choose another name");
        } catch (InterruptedException ended) {
            return fail(ExitCode.INCOMPLETE, "interrupted");
        } catch (OutOfMemoryError full) {
            return fail(ExitCode.INCOMPLETE, TooLittleMemory.line());
        } catch (RuntimeException defect) {
            return TooLittleMemory.isReasonOf(defect)
                    ? fail(ExitCode.INCOMPLETE, TooLittleMemory.line())
                    : fail(ExitCode.INCOMPLETE, "a defect of freshpyc, please report it: " + Defect.describe(defect));
        }
    }

    /** The command line with all commands, from which documentation is generated. */
    public CommandLine commandLine() {
        return commandLine(commands.keySet());
    }

    /** The command line with some commands only, which parses faster. */
    private CommandLine commandLine(Set<String> names) {
        CommandSpec root = CommandSpec.create().name("freshpyc").version("freshpyc " + Version.number());
        root.usageMessage()
                .description("Finds and repairs bytecode files that Python rejects needlessly or loads wrongly.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(ExitCode.HELP);
        Options.addVersion(root);
        Options.addHelp(root);
        for (String name : names) {
            CommandSpec spec = Objects.requireNonNull(commands.get(name)).spec();
            Options.addHelp(spec);
            root.addSubcommand(name, spec);
        }
        return new CommandLine(root)
                .setExpandAtFiles(false)
                .registerConverter(FailOn.class, FailOn::of)
                .registerConverter(Integer.class, ValueConverters::wholeInt)
                .registerConverter(Long.class, ValueConverters::wholeLong)
                .registerConverter(Evidence.class, ValueConverters::evidence)
                .registerConverter(HashChecks.class, ValueConverters::hashChecks)
                .registerConverter(Format.class, ValueConverters::format)
                .registerConverter(ColorArgument.When.class, ValueConverters::color)
                .registerConverter(AuditFormat.class, ValueConverters::auditFormat)
                .registerConverter(DocumentFormat.class, ValueConverters::documentFormat)
                .registerConverter(TargetMode.class, ValueConverters::targetMode)
                .registerConverter(WriteMode.class, ValueConverters::writeMode)
                .registerConverter(SealProfile.class, ValueConverters::profile)
                .registerConverter(Durability.class, ValueConverters::durability)
                .registerConverter(HardLinks.class, ValueConverters::hardLinks)
                .registerConverter(IndexCommand.Care.class, IndexCommand.Care::of)
                .registerConverter(HookCommand.HookTask.class, HookCommand.HookTask::of)
                .registerConverter(HookCommand.Tool.class, HookCommand.Tool::of)
                .registerConverter(SnapshotCommand.SnapshotTask.class, SnapshotCommand.SnapshotTask::of)
                .registerConverter(ProofsCommand.ProofsTask.class, ProofsCommand.ProofsTask::of)
                .registerConverter(OptimizationLevel.class, ValueConverters::optimizationLevel)
                .registerConverter(StartState.class, word -> ValueConverters.oneOf(StartState.values(), word))
                .registerConverter(Transport.class, AfterArgument::transport)
                .registerConverter(Expected.class, ValueConverters::expected);
    }

    private int run(ParseResult parsed) throws InterruptedException {
        ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        CommandLine line = last.commandSpec().commandLine();
        if (last.isUsageHelpRequested()) {
            line.usage(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
            return ExitCode.OK;
        }
        if (last.isVersionHelpRequested()) {
            streams.out().println(last.commandSpec().version()[0]);
            return ExitCode.OK;
        }
        if (!parsed.hasSubcommand()) {
            line.usage(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
            return ExitCode.USAGE;
        }
        Optional<String> empty = UsageError.ofEmptyText(last);
        if (empty.isPresent()) {
            return fail(ExitCode.USAGE, empty.get());
        }
        return Objects.requireNonNull(commands.get(last.commandSpec().name())).run(last, streams);
    }

    private @Nullable Command named(String[] args) {
        return args.length == 0 ? null : commands.get(args[0]);
    }

    private String[] expand(String[] args) {
        @Nullable Command named = named(args);
        if (named == null) {
            return args;
        }
        List<String> all = new ArrayList<>(List.of(args[0]));
        all.addAll(named.expand(List.of(args).subList(1, args.length)));
        return all.toArray(String[]::new);
    }

    private void prepare(String[] args) {
        @Nullable Command named = named(args);
        if (named != null) {
            named.prepare(List.of(args).subList(1, args.length));
        }
    }

    private int fail(int code, String line) {
        streams.err().println("freshpyc: " + line);
        return code;
    }
}
