package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.BoundedRun;
import dev.freshpyc.indexer.environment.BoundedRun.RunResult;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.hook.ChainedScripts;
import dev.freshpyc.indexer.hook.ComposeStep;
import dev.freshpyc.indexer.hook.Hook;
import dev.freshpyc.indexer.hook.SystemHook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc hook install|remove|status TOOL}: lets other tools run {@code refresh}. */
final class HookCommand implements Command {

    private static final Duration GIT_TIME = Duration.ofSeconds(10);
    private static final String VENV = "--venv";

    private static final RawPath TOP = RawPath.of("/");
    private static final RawPath HERE = RawPath.of(".");

    /** The task of the command. */
    enum HookTask {
        INSTALL,
        REMOVE,
        STATUS;

        static HookTask of(String word) {
            return ValueConverters.oneOf(values(), word);
        }
    }

    /** The tool that runs the hook. */
    enum Tool {
        DPKG,
        RPM,
        PIP,
        GIT,
        OSTREE;

        static Tool of(String word) {
            return ValueConverters.oneOf(values(), word);
        }
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("hook");
        spec.usageMessage()
                .description(
                        "Makes another tool refresh the index after the tool has changed files; for ostree, writes a script that repairs"
                                + " and seals a tree. dpkg: apt, and rpm: dnf, for systems without the package of freshpyc. pip: its scripts in an environment. git: checkouts, merges and rebases in"
                                + " the repository of the working directory; hooks that are there already still run. ostree: a"
                                + " script in the working directory, to run on the tree before 'ostree commit'. A hook"
                                + " never fails the tool that runs it: errors go to /var/log/freshpyc.log, or to freshpyc.log in"
                                + " the environment or in the git directory; freshpyc-compose writes to standard error.");
        return spec.addOption(RootArgument.option())
                .addOption(Options.value(
                        VENV, "DIR", String.class, "The environment whose pip is meant. Default: the active one."))
                .addPositional(Options.word("install|remove|status", 0, HookTask.class, "What to do."))
                .addPositional(Options.word("dpkg|rpm|pip|git|ostree", 1, Tool.class, "The tool that runs the hook."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        Tool tool = parsed.matchedPositionalValue(1, Tool.DPKG);
        Optional<RawPath> root = RootArgument.of(parsed);
        Hook hook = switch (tool) {
            case DPKG -> SystemHook.apt(root.orElse(TOP), program(root));
            case RPM -> SystemHook.dnf(root.orElse(TOP), program(root));
            case PIP -> ChainedScripts.pip(scripts(parsed, root), program(root));
            case GIT -> ChainedScripts.git(gitHooks(root.orElse(HERE)), program(Optional.empty()));
            case OSTREE -> new ComposeStep(CanonicalPath.of(root.orElse(HERE)), program(Optional.empty()));
        };
        try {
            switch (parsed.matchedPositionalValue(0, HookTask.STATUS)) {
                case INSTALL -> hook.install();
                case REMOVE -> hook.remove();
                case STATUS -> {}
            }
            streams.out().println(describe(hook, tool));
            return ExitCode.OK;
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, files(hook) + ": " + CauseText.of(refused));
        }
    }

    private static String describe(Hook hook, Tool tool) throws IOException {
        return switch (hook.state()) {
            case INSTALLED -> "installed: " + files(hook);
            case OUTDATED ->
                "outdated: run 'freshpyc hook install " + tool.toString().toLowerCase(Locale.ROOT) + "' again to renew "
                        + files(hook);
            case ABSENT -> "not installed";
        };
    }

    private static String files(Hook hook) {
        try {
            return String.join(", ", hook.files());
        } catch (IOException unreadable) {
            return "its files";
        }
    }

    /** The directory of an environment's scripts. */
    private static RawPath scripts(ParseResult parsed, Optional<RawPath> root) {
        @Nullable
        String given =
                parsed.matchedOptionValue(VENV, EnvironmentVariables.all().get("VIRTUAL_ENV"));
        if (given == null) {
            throw new CommandFailure(ExitCode.USAGE, "no environment is active: name one with " + VENV + " DIR");
        }
        RawPath bin =
                CanonicalPath.of(RootArgument.resolve(root, RawPath.of(given).resolve(RawPath.of("bin"))));
        if (!CanonicalPath.isDirectory(bin)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    RawPath.of(given).shown() + ": no virtual environment: it has no directory bin; name one with "
                            + VENV + " DIR");
        }
        return bin;
    }

    /** The path of this distribution's launcher; in another root, the path at which the package installs it. */
    private static String program(Optional<RawPath> root) {
        return root.isPresent()
                ? "/usr/bin/freshpyc"
                : ProcessHandle.current()
                        .info()
                        .command()
                        .map(java ->
                                Path.of(java).resolve("../../../bin/freshpyc").normalize())
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .orElse("freshpyc");
    }

    /** Asks git for the directory of a repository's hooks, which worktrees share and core.hooksPath moves. */
    private static RawPath gitHooks(RawPath repository) throws InterruptedException {
        List<String> command = List.of(
                "git", "-C", repository.toPython(), "rev-parse", "--path-format=absolute", "--git-path", "hooks");
        return switch (BoundedRun.of(command, GIT_TIME)) {
            case RunResult.Ended ended
            when ended.status() == 0 -> {
                byte[] path = ended.output().stripTrailing().getBytes(StandardCharsets.ISO_8859_1);
                yield CanonicalPath.of(RawPath.of(path, 0, path.length));
            }
            case RunResult.Ended _ ->
                throw new CommandFailure(
                        ExitCode.INCOMPLETE,
                        repository.shown() + ": git finds no repository here; name one with --root DIR");
            case RunResult.TimedOut _, RunResult.Flooded _ ->
                throw new CommandFailure(
                        ExitCode.INCOMPLETE,
                        repository.shown()
                                + ": git does not say where its hooks are: try 'git rev-parse --git-path hooks'");
            case RunResult.NotStarted(String why) ->
                throw new CommandFailure(
                        ExitCode.INCOMPLETE,
                        "git cannot be run (" + RawPath.of(why).shown() + "); install it if it is missing");
        };
    }
}
