package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.ValueConverters;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.hook.AptHook;
import dev.freshpyc.indexer.hook.GitHooks;
import dev.freshpyc.indexer.hook.Hook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc hook install|remove|status dpkg|git}: lets other tools run {@code refresh}. */
final class HookCommand implements Command {

    private static final long GIT_SECONDS = 10;

    /** What to do with a hook. */
    enum Task {
        INSTALL,
        REMOVE,
        STATUS;

        static Task of(String word) {
            return ValueConverters.oneOf(values(), word);
        }
    }

    /** Which tool runs the hook. */
    enum Tool {
        DPKG,
        GIT;

        static Tool of(String word) {
            return ValueConverters.oneOf(values(), word);
        }
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("hook");
        spec.usageMessage()
                .description(
                        "Lets another tool run 'refresh' after it has changed files. dpkg: apt, for systems without the"
                                + " package of freshpyc. git: checkouts, merges and rebases in the repository of the working"
                                + " directory; hooks that are there already still run. A hook never fails the tool that runs it:"
                                + " errors go to /var/log/freshpyc.log, or to freshpyc.log in the git directory.");
        return spec.addOption(RootArgument.option())
                .addPositional(word("install|remove|status", 0, Task.class, "What to do."))
                .addPositional(word("dpkg|git", 1, Tool.class, "The tool that runs the hook."));
    }

    private static PositionalParamSpec word(String label, int index, Class<?> type, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index(String.valueOf(index))
                .arity("1")
                .required(true)
                .type(type)
                .completionCandidates(() -> ValueConverters.accepted(type).iterator())
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        Tool tool = parsed.matchedPositionalValue(1, Tool.DPKG);
        Optional<RawPath> root = RootArgument.of(parsed);
        Hook hook = switch (tool) {
            case DPKG -> new AptHook(root.orElse(RawPath.of("/")), program(root));
            case GIT -> new GitHooks(gitHooks(root.orElse(RawPath.of("."))), program(Optional.empty()));
        };
        try {
            switch (parsed.matchedPositionalValue(0, Task.STATUS)) {
                case INSTALL -> hook.install();
                case REMOVE -> hook.remove();
                case STATUS -> {}
            }
            streams.out().println(describe(hook));
            return ExitCode.OK;
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE, String.join(", ", hook.files()) + ": " + refused.getMessage());
        }
    }

    private static String describe(Hook hook) throws IOException {
        return switch (hook.state()) {
            case INSTALLED -> "installed: " + String.join(", ", hook.files());
            case OUTDATED -> "outdated: run 'freshpyc hook install' again to renew " + String.join(", ", hook.files());
            case ABSENT -> "not installed";
        };
    }

    /** The launcher of this distribution; in another root, where the package has it. */
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

    /** Only git knows where a repository's hooks are: worktrees share them, and core.hooksPath moves them. */
    private static RawPath gitHooks(RawPath repository) throws InterruptedException {
        try {
            Process git = new ProcessBuilder(
                            "git",
                            "-C",
                            repository.toString(),
                            "rev-parse",
                            "--path-format=absolute",
                            "--git-path",
                            "hooks")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            String printed =
                    new String(git.getInputStream().readNBytes(64 * 1024), StandardCharsets.UTF_8).stripTrailing();
            if (git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0) {
                return CanonicalPath.of(RawPath.of(printed));
            }
            git.destroyForcibly();
        } catch (IOException absent) {
            throw new CommandFailure(ExitCode.INCOMPLETE, "git cannot be run: install it");
        }
        throw new CommandFailure(
                ExitCode.INCOMPLETE, repository.shown() + ": git finds no repository here; name one with --root DIR");
    }
}
