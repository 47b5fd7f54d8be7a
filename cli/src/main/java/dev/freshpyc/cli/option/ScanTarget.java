package dev.freshpyc.cli.option;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.List;
import java.util.Optional;

/**
 * The entries that a command works on: the paths that the user gave, otherwise the {@code sys.path} of an interpreter.
 *
 * @param environment the interpreter's, where an interpreter was asked: because it was named, or because no path was given
 * @param given whether the user named the entries: then an entry that cannot be read is reported
 */
public record ScanTarget(Optional<PythonEnvironment> environment, List<PathEntry> entries, boolean given) {

    private static final String DEFAULT_PYTHON = "python3";

    public static ScanTarget of(List<String> paths, Optional<String> python) {
        Optional<PythonEnvironment> environment =
                environment(paths.isEmpty() ? Optional.of(python.orElse(DEFAULT_PYTHON)) : python);
        List<RawPath> path = paths.isEmpty()
                ? environment.orElseThrow().path()
                : paths.stream().map(RawPath::of).toList();
        return new ScanTarget(environment, PathEntry.directories(path), !paths.isEmpty());
    }

    /** The environment of an interpreter; empty where none is named. */
    public static Optional<PythonEnvironment> environment(Optional<String> python) {
        return python.map(ScanTarget::ask);
    }

    /** The entries to walk; of an interpreter's path, only the existing ones. */
    public List<PathEntry> existing() {
        return given
                ? entries
                : entries.stream()
                        .filter(entry -> CanonicalPath.isDirectory(entry.path()))
                        .toList();
    }

    /** The reports to print; an interpreter's path often names directories that do not exist, which are left out. */
    public List<EntryReport> reported(List<EntryReport> reports) {
        return given
                ? reports
                : reports.stream().filter(report -> report.refusal().isEmpty()).toList();
    }

    /** The line that says why an entry could not be read; empty when nobody needs to know. */
    public Optional<String> complaint(EntryReport report) {
        if (report.refusal().isEmpty()) {
            return Optional.empty();
        }
        Errno errno = report.refusal().get();
        if (!given && errno.isAbsence()) {
            return Optional.empty();
        }
        String shown = report.entry().path().shown();
        return Optional.of(shown + ": " + explain(errno, shown));
    }

    private static String explain(Errno errno, String shown) {
        return switch (errno.symbol()) {
            case "ENOENT" -> "no such directory";
            case "ENOTDIR" -> "not a directory; 'freshpyc explain " + shown + "' explains a single file";
            case "EACCES" -> "no permission to read this directory";
            case "ENAMETOOLONG" -> "the path is too long for the system";
            default -> "cannot be read (" + errno.symbol() + ")";
        };
    }

    private static PythonEnvironment ask(String executable) {
        try {
            return InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT).probe(executable);
        } catch (InterpreterException failed) {
            throw new CommandFailure(ExitCode.INCOMPLETE, String.valueOf(failed.getMessage()));
        }
    }
}
