package dev.freshpyc.cli.command;

import dev.freshpyc.cli.bench.BenchJson;
import dev.freshpyc.cli.bench.BenchPage;
import dev.freshpyc.cli.bench.BenchReport;
import dev.freshpyc.cli.bench.EarlierBench;
import dev.freshpyc.cli.bench.ReportFile;
import dev.freshpyc.cli.bench.SavedProfile;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.host.Terminal;
import dev.freshpyc.perf.startup.PageCache;
import dev.freshpyc.perf.startup.StartCommand;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import dev.freshpyc.perf.startup.StartupException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc bench}: what the state of the bytecode costs at the start of a command. */
final class BenchCommand implements Command {

    private static final String RUNS = "--runs";
    private static final String COLD = "--cold";
    private static final String STATES = "--states";
    private static final String READY = "--ready";
    private static final String TIMEOUT = "--timeout";
    private static final String HTML = "--html";
    private static final String EXPORT = "--export-hyperfine";
    private static final String SAVE_PROFILE = "--save-profile";
    private static final String COMPARE = "--compare";

    private static final int DEFAULT_RUNS = 10;

    /** From fewer times, no interval holds the median with 95 %: all of five are on one side of it in 6 cases of 100. */
    private static final int MIN_RUNS = 6;

    private static final int MAX_RUNS = 1000;
    private static final int STANDARD_OUTPUT = 1;
    private static final int DEFAULT_SECONDS = 60;
    private static final int MAX_SECONDS = 24 * 60 * 60;

    private static final List<StartState> DEFAULT_STATES =
            List.of(StartState.AS_IS, StartState.REPAIRED, StartState.STALE_READONLY, StartState.NONE);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("bench");
        spec.usageMessage()
                .description(
                        "Measures the start of a Python command with its bytecode in several states."
                                + " The user's tree is not changed: every other state lies below a PYTHONPYCACHEPREFIX of its own.");
        return spec.addOption(Options.value(
                        RUNS,
                        "N",
                        Integer.class,
                        "Counted runs of each state, " + MIN_RUNS + " or more. Default: " + DEFAULT_RUNS + "."))
                .addOption(Options.flag(COLD, "Drop the page cache before each run. Only root may do that."))
                .addOption(Options.values(
                        STATES,
                        "STATE",
                        StartState.class,
                        "as-is, repaired, stale, stale-readonly, none, timestamp, checked-hash, unchecked-hash."
                                + " Default: as-is,repaired,stale-readonly,none."))
                .addOption(
                        Options.value(
                                READY,
                                "REGEX",
                                String.class,
                                "The first line of output in which this is found is the first answer. Default: the command's end."))
                .addOption(Options.value(
                        TIMEOUT,
                        "SECONDS",
                        Integer.class,
                        "How long one run may take. Default: " + DEFAULT_SECONDS + "."))
                .addOption(Options.value("--format", "FORMAT", DocumentFormat.class, "text or json."))
                .addOption(Options.value(
                        HTML,
                        "FILE",
                        String.class,
                        "Also write a page with charts of the runs and the imports, which needs no network."))
                .addOption(Options.value(EXPORT, "FILE", String.class, "Also write the times in hyperfine's JSON."))
                .addOption(Options.value(
                        SAVE_PROFILE,
                        "FILE",
                        String.class,
                        "Write the modules that the command loads, for --only of repair and clean."))
                .addOption(Options.value(
                        COMPARE,
                        "FILE",
                        String.class,
                        "Compare with an earlier --format json. Exit code 1 if a state is slower beyond the noise."))
                .addPositional(Options.somePaths(
                        "COMMAND",
                        "The command and its arguments, after --, such as: freshpyc bench -- pip --version"));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        List<String> words = parsed.matchedPositionalValue(0, List.of());
        StartCommand command = new StartCommand(
                words, ready(parsed), Duration.ofSeconds(number(parsed, TIMEOUT, DEFAULT_SECONDS, 1, MAX_SECONDS)));
        List<StartState> states = parsed.matchedOptionValue(STATES, DEFAULT_STATES).stream()
                .distinct()
                .toList();
        int runs = number(parsed, RUNS, DEFAULT_RUNS, MIN_RUNS, MAX_RUNS);
        Optional<EarlierBench> earlier = earlier(parsed, words);
        Optional<ReportFile> page = file(parsed, HTML);
        Optional<ReportFile> export = file(parsed, EXPORT);
        try {
            StartupBench.Result result = new StartupBench(command, states, runs, cold(parsed, streams.err())).run();
            write(export, out -> BenchJson.printHyperfine(words, result, out));
            write(page, out -> BenchPage.print(words, result, out));
            Optional<SavedProfile> profile = profile(parsed, words, result);
            if (parsed.matchedOptionValue("--format", DocumentFormat.TEXT) == DocumentFormat.JSON) {
                BenchJson.print(words, result, profile, streams.out());
            } else {
                BenchReport.print(words, result, profile, streams.out(), Terminal.isTerminal(STANDARD_OUTPUT));
            }
            boolean slower = earlier.isPresent() && earlier.get().compare(result, streams.err());
            return ExitCode.of(slower, false);
        } catch (StartupException failed) {
            throw new CommandFailure(ExitCode.INCOMPLETE, String.valueOf(failed.getMessage()));
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "bench: " + RawPath.of(String.valueOf(failed.getMessage())).shown());
        }
    }

    private static boolean cold(ParseResult parsed, PrintStream err) {
        if (!parsed.hasMatchedOption(COLD)) {
            return false;
        }
        if (!PageCache.isDroppable()) {
            err.println(
                    "freshpyc: --cold: this process may not write to /proc/sys/vm/drop_caches, so all runs are warm;"
                            + " run bench as root, outside of a container");
            return false;
        }
        return true;
    }

    private static Optional<Pattern> ready(ParseResult parsed) {
        @Nullable String regex = parsed.matchedOptionValue(READY, (String) null);
        try {
            return Optional.ofNullable(regex).map(Pattern::compile);
        } catch (PatternSyntaxException wrong) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    READY + ": '" + RawPath.of(wrong.getPattern()).shown() + "' is not a regular expression: "
                            + wrong.getDescription());
        }
    }

    private static int number(ParseResult parsed, String option, int otherwise, int min, int max) {
        int given = parsed.matchedOptionValue(option, otherwise);
        if (given < min || given > max) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + given + ": give " + min + " to " + max);
        }
        return given;
    }

    private static Optional<EarlierBench> earlier(ParseResult parsed, List<String> words) {
        @Nullable String file = parsed.matchedOptionValue(COMPARE, (String) null);
        return Optional.ofNullable(file).map(name -> EarlierBench.read(Path.of(name), words));
    }

    private static Optional<SavedProfile> profile(ParseResult parsed, List<String> words, StartupBench.Result result)
            throws IOException {
        @Nullable String file = parsed.matchedOptionValue(SAVE_PROFILE, (String) null);
        return file == null ? Optional.empty() : Optional.of(SavedProfile.write(Path.of(file), words, result));
    }

    private static Optional<ReportFile> file(ParseResult parsed, String option) {
        @Nullable String name = parsed.matchedOptionValue(option, (String) null);
        return Optional.ofNullable(name).map(given -> ReportFile.of(option, given));
    }

    private static void write(Optional<ReportFile> file, Consumer<PrintStream> content) throws IOException {
        if (file.isPresent()) {
            file.get().write(content);
        }
    }
}
