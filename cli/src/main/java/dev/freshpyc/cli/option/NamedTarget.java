package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** The target of a command that writes to a tree, which the user must name. */
public final class NamedTarget {

    private NamedTarget() {}

    /**
     * The target that the user named.
     *
     * @param command the command to name in the message
     * @throws CommandFailure when the user named no target; its message lists the path of the default interpreter
     */
    public static ScanTarget of(
            String command, ParseResult parsed, Optional<RawPath> root, InterpreterQuestion question, PrintStream err) {
        return of(command, parsed.matchedPositionalValue(0, List.of()), root, question, err);
    }

    /** The same for a command that takes other words beside its paths. */
    public static ScanTarget of(
            String command, List<String> paths, Optional<RawPath> root, InterpreterQuestion question, PrintStream err) {
        if (paths.isEmpty() && !question.isAsked() && root.isEmpty()) {
            throw missing(command, question, err);
        }
        return ScanTarget.of(paths, question, root, err).ofSources();
    }

    private static CommandFailure missing(String command, InterpreterQuestion question, PrintStream err) {
        String needed = command + " needs a PATH, --python EXE, --venv DIR, --all-pythons or --root DIR";
        try {
            ScanTarget all = ScanTarget.of(List.of(), question, Optional.empty(), err);
            String taken = all.existing().stream()
                    .map(entry -> "\n  " + entry.path().shown())
                    .collect(Collectors.joining());
            return new CommandFailure(ExitCode.USAGE, needed + "; '--python python3' would take:" + taken);
        } catch (CommandFailure unknown) {
            return new CommandFailure(ExitCode.USAGE, needed + "; " + unknown.line());
        }
    }
}
