package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.inventory.InterpreterPlaces;
import dev.freshpyc.indexer.inventory.Inventory;
import dev.freshpyc.indexer.inventory.Inventory.Entry;
import dev.freshpyc.indexer.site.HostSiteFiles;
import dev.freshpyc.indexer.site.SiteFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that name whole environments: {@code --python}, {@code --venv} and {@code --all-pythons}. */
public final class EnvironmentArguments {

    public static final String PYTHON = "--python";
    public static final String VENV = "--venv";
    static final String ALL = "--all-pythons";

    private EnvironmentArguments() {}

    /**
     * Adds the options to a command.
     *
     * @param python describes the command's use of an interpreter
     */
    public static void declare(CommandSpec spec, String python) {
        spec.addOption(Options.repeated(PYTHON, "EXE", python + " May be repeated."))
                .addOption(venv())
                .addOption(Options.flag(
                        ALL,
                        "All interpreters and virtual environments that are found: on PATH, the active one, those of pyenv, uv and"
                                + " conda; with --root, those inside it."));
    }

    /**
     * Adds {@code --python} and {@code --venv} to a command about one environment.
     *
     * @param where says when the options count, such as {@code With --entry-points: }
     */
    public static void declareOne(CommandSpec spec, String where) {
        spec.addOption(Options.repeated(PYTHON, "EXE", where + "this interpreter. Default: python3."))
                .addOption(Options.repeated(
                        VENV, "DIR", where + "the virtual environment in DIR, as --python DIR/bin/python."))
                .addOption(PythonTimeout.option(where + "how long the interpreter may take to answer."));
    }

    private static OptionSpec venv() {
        return Options.repeated(
                VENV, "DIR", "The virtual environment in DIR, as --python DIR/bin/python. May be repeated.");
    }

    /**
     * The interpreters that the user named, each by a path or by a name to be found on PATH; those of virtual environments last.
     *
     * @param withPaths whether the user gave paths, too
     */
    static List<String> named(ParseResult parsed, boolean withPaths) {
        Optional<RawPath> root = RootArgument.of(parsed);
        if (root.isPresent() && parsed.hasMatchedOption(VENV) && withPaths) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    VENV + " names a directory inside --root: leave PATH out, or give --python EXE of this system");
        }
        SiteFiles files = files(root);
        List<String> pythons = values(parsed, PYTHON);
        List<String> venvs = values(parsed, VENV);
        return Stream.concat(pythons.stream(), venvs.stream().map(venv -> interpreter(files, venv)))
                .toList();
    }

    static boolean isAll(ParseResult parsed) {
        return parsed.hasMatchedOption(ALL);
    }

    /**
     * The environments that the user named; all that are found where the user named none, or wants all.
     *
     * @param probe asks interpreters of this system
     */
    public static List<Entry> entries(ParseResult parsed, Optional<RawPath> root, InterpreterProbe probe) {
        return entries(named(parsed, parsed.hasMatchedPositional(0)), isAll(parsed), root, probe);
    }

    static List<Entry> entries(List<String> named, boolean all, Optional<RawPath> root, InterpreterProbe probe) {
        SiteFiles files = files(root);
        Inventory inventory = new Inventory(files, root.isPresent() ? Optional.empty() : Optional.of(probe));
        InterpreterPlaces places = root.isPresent()
                ? InterpreterPlaces.inRoot(files)
                : new InterpreterPlaces(files, EnvironmentVariables.all());
        Stream<Entry> wanted = named.stream().map(name -> inventory.of(RawPath.of(name), true));
        boolean every = all || named.isEmpty();
        return Stream.concat(
                        wanted, every ? places.all().stream().map(one -> inventory.of(one, false)) : Stream.empty())
                .toList();
    }

    /** The files of this system, or of the system below a root directory. */
    public static SiteFiles files(Optional<RawPath> root) {
        return new HostSiteFiles(root);
    }

    private static String interpreter(SiteFiles files, String venv) {
        return InterpreterPlaces.inRoot(files)
                .ofVenv(RawPath.of(venv).absolute())
                .map(RawPath::toPython)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        VENV + " " + RawPath.of(venv).shown() + ": no virtual environment: it has no bin/python"));
    }

    private static List<String> values(ParseResult parsed, String option) {
        @Nullable List<String> values = parsed.matchedOptionValue(option, (List<String>) null);
        return values == null ? List.of() : values;
    }
}
