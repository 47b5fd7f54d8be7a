package dev.freshpyc.cli.command;

import dev.freshpyc.cli.bench.BenchJson;
import dev.freshpyc.cli.bench.BenchPage;
import dev.freshpyc.cli.bench.BenchReport;
import dev.freshpyc.cli.bench.EarlierBench;
import dev.freshpyc.cli.bench.ReportFile;
import dev.freshpyc.cli.bench.SavedProfile;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.OptionFile;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.host.Terminal;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import dev.freshpyc.perf.measure.InterruptedEnd;
import dev.freshpyc.perf.startup.ScriptBench;
import dev.freshpyc.perf.startup.StartCommand;
import dev.freshpyc.perf.startup.StartupBench;
import dev.freshpyc.perf.startup.StartupException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc bench}: measures the start of a command with its bytecode in several states. */
final class BenchCommand implements Command {

    private static final int STANDARD_OUTPUT = 1;

    /** The time for ending what was started and for removing files, when a signal ends the program. */
    private static final Duration CLEANING = Duration.ofSeconds(10);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("bench");
        spec.usageMessage()
                .description(
                        "Measures the start of a Python command with its bytecode in several states."
                                + " The user's tree is not changed: every other state lies below a PYTHONPYCACHEPREFIX of its own.");
        BenchArguments.declare(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        List<String> words = parsed.matchedPositionalValue(0, List.of());
        BenchArguments.requireSense(parsed, !words.isEmpty());
        if (parsed.hasMatchedOption(BenchArguments.ENTRY_POINTS)) {
            return entryPoints(parsed, streams);
        }
        StartCommand command = new StartCommand(words, BenchArguments.ready(parsed), BenchArguments.limit(parsed));
        StartupBench bench = new StartupBench(
                command,
                BenchArguments.states(parsed),
                BenchArguments.runs(parsed, BenchArguments.DEFAULT_RUNS),
                BenchArguments.cold(parsed, streams.err()));
        Optional<EarlierBench> earlier = earlier(parsed, words);
        Optional<ReportFile> page = BenchArguments.file(parsed, BenchArguments.HTML);
        Optional<ReportFile> export = BenchArguments.file(parsed, BenchArguments.EXPORT);
        Optional<ReportFile> modules = BenchArguments.file(parsed, BenchArguments.SAVE_PROFILE);
        try (InterruptedEnd _ = InterruptedEnd.ofThisThread(CLEANING)) {
            StartupBench.Result result = measure(bench, streams);
            Optional<SavedProfile> profile =
                    modules.isEmpty() ? Optional.empty() : Optional.of(SavedProfile.of(result));
            if (BenchArguments.format(parsed) == DocumentFormat.JSON) {
                BenchJson.print(words, result, profile, streams.out());
            } else {
                BenchReport.print(words, result, profile, streams.out(), Terminal.isTerminal(STANDARD_OUTPUT));
            }
            streams.out().flush(); // a file that cannot be written must not cost the measurement
            write(export, out -> BenchJson.printHyperfine(words, result, out));
            write(page, out -> BenchPage.print(words, result, profile, out));
            write(modules, out -> SavedProfile.print(words, result, out));
            boolean slower = earlier.isPresent() && earlier.get().compare(result, streams.err());
            return ExitCode.of(slower, false);
        } catch (StartupException failed) {
            throw new CommandFailure(ExitCode.INCOMPLETE, String.valueOf(failed.getMessage()));
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private static StartupBench.Result measure(StartupBench bench, Streams streams)
            throws IOException, StartupException, InterruptedException {
        ProgressMeter meter = new ProgressMeter();
        meter.begin(Stage.MEASURING, bench.starts());
        try (RunProgress _ = RunProgress.start(meter::now, streams.err(), false)) {
            return bench.run(meter::step);
        }
    }

    private static int entryPoints(ParseResult parsed, Streams streams) throws InterruptedException {
        ScriptBench bench = new ScriptBench(
                BenchArguments.runs(parsed, BenchArguments.MIN_RUNS),
                BenchArguments.limit(parsed),
                BenchArguments.cold(parsed, streams.err()));
        String group = parsed.matchedOptionValue(BenchArguments.ENTRY_POINTS, ScriptBenchRun.DEFAULT_GROUP);
        try (InterruptedEnd _ = InterruptedEnd.ofThisThread(CLEANING)) {
            new ScriptBenchRun(InterpreterQuestion.of(parsed, List.of()).askOne(), group, bench)
                    .run(streams.err())
                    .print(BenchArguments.format(parsed), streams.out());
            return ExitCode.OK;
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private static CommandFailure failure(IOException failed) {
        return new CommandFailure(
                ExitCode.INCOMPLETE,
                "bench: " + RawPath.of(String.valueOf(failed.getMessage())).shown());
    }

    private static Optional<EarlierBench> earlier(ParseResult parsed, List<String> words) {
        @Nullable String file = parsed.matchedOptionValue(BenchArguments.COMPARE, (String) null);
        return Optional.ofNullable(file)
                .map(name -> EarlierBench.read(new OptionFile(BenchArguments.COMPARE, name), words));
    }

    private static void write(Optional<ReportFile> file, Consumer<PrintStream> content) throws IOException {
        if (file.isPresent()) {
            file.get().write(content);
        }
    }
}
