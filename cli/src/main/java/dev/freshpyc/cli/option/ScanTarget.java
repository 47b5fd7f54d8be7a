package dev.freshpyc.cli.option;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.PathOrder;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/**
 * The entries that a command works on: the paths that the user gave, otherwise the {@code sys.path} of an interpreter.
 *
 * @param environment the interpreter's, where an interpreter was asked: because it was named, or because no path was given
 * @param unanswered whether the interpreter took too long, so that the paths are judged without it
 * @param given whether the user named the entries: then an entry that cannot be read is reported
 */
public record ScanTarget(
        Optional<PythonEnvironment> environment, boolean unanswered, List<PathEntry> entries, boolean given) {

    /**
     * The paths, which are judged without the interpreter when it does not answer in time: then that is printed.
     *
     * @param root the root directory of the system that the paths belong to; empty for this system
     */
    public static ScanTarget of(
            List<String> paths, InterpreterQuestion question, Optional<RawPath> root, PrintStream err) {
        if (paths.isEmpty() && (root.isPresent() || question.isOfSeveral())) {
            return new ScanTarget(Optional.empty(), false, GivenPath.ofPath(SharedPath.of(question, root, err)), false);
        }
        if (paths.isEmpty()) {
            PythonEnvironment environment =
                    question.orOf(InterpreterQuestion.DEFAULT_PYTHON).ask().orElseThrow();
            return new ScanTarget(Optional.of(environment), false, GivenPath.ofPath(environment.path()), false);
        }
        Optional<PythonEnvironment> environment = question.askInTime(err);
        return new ScanTarget(
                environment,
                question.isUnanswered(environment),
                GivenPath.entries(paths.stream()
                        .map(path -> RootArgument.resolve(root, RawPath.of(path)))
                        .toList()),
                true);
    }

    /** This target, for a command that works on whole directories of sources: a {@code __pycache__} is refused. */
    public ScanTarget ofSources() {
        requireSources(entries);
        return this;
    }

    /** The entries; a {@code __pycache__} among them is a mistake of the user's. */
    static List<PathEntry> requireSources(List<PathEntry> entries) {
        for (PathEntry entry : entries) {
            if (entry instanceof PathEntry.CacheDirectory cache) {
                String sources = cache.path().shown();
                throw new CommandFailure(
                        ExitCode.USAGE,
                        sources + "/__pycache__ is the cache of " + sources + ": give the directory of the sources");
            }
        }
        return entries;
    }

    /**
     * The order in which the interpreter finds the modules of the entries. Given paths need not belong to one search
     * path, so they hide nothing from one another. Without an interpreter, and for the tree of another system, only the
     * modules that every release has frozen are known.
     *
     * @param root the root directory of the system that the entries belong to; empty for this system
     */
    public PathOrder order(Optional<RawPath> root, Supplier<? extends TreeReader> files) {
        return environment
                .filter(_ -> root.isEmpty())
                .map(python ->
                        PathOrder.of(entries, python.interpreter(), python.builtIn(), python.frozen(), !given, files))
                .orElseGet(() -> PathOrder.ofReleases(entries));
    }

    /** The entries to walk; of an interpreter's path, only the existing ones. */
    public List<PathEntry> existing() {
        return given ? entries : entries.stream().filter(ScanTarget::exists).toList();
    }

    private static boolean exists(PathEntry entry) {
        if (!(entry instanceof PathEntry.Archive archive)) {
            return CanonicalPath.isDirectory(entry.path());
        }
        try (TreeReader files = HostFiles.readers().get()) {
            return !GivenPath.isNoArchive(archive, files);
        }
    }

    /** The entries to walk that are no archives. */
    public List<PathEntry> directories() {
        return existing().stream()
                .filter(entry -> !(entry instanceof PathEntry.Archive))
                .toList();
    }

    /** The line that names the archives, which a command for directories leaves alone; empty where there are none. */
    public Optional<String> archivesLeft() {
        return archives().map(names -> "left alone, since no member is taken out of an archive: " + names);
    }

    /** The line that names the archives whose RECORD is not brought up to date; empty where there are none. */
    public Optional<String> recordsLeft() {
        return archives()
                .map(names ->
                        "--update-records writes no RECORD inside an archive, so that the RECORD of a repaired member"
                                + " is no longer true: " + names);
    }

    private Optional<String> archives() {
        return existing().stream()
                .filter(entry -> entry instanceof PathEntry.Archive)
                .map(entry -> entry.path().shown())
                .reduce((names, name) -> names + ", " + name);
    }

    /** Whether the user named an archive, which a command for directories leaves alone. */
    public boolean namesArchive() {
        return given && entries.stream().anyMatch(entry -> entry instanceof PathEntry.Archive);
    }

    /** The line that names the entries of an interpreter's path that are not judged; empty where there are none. */
    public Optional<String> leftOut() {
        if (given) {
            return Optional.empty();
        }
        String names = entries.stream()
                .filter(entry -> !exists(entry))
                .map(PathEntry::path)
                .map(path -> path.shown() + " (" + (CanonicalPath.exists(path) ? "a file" : "not there") + ")")
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("left out of sys.path, since only directories and archives are judged: " + names);
    }

    /** The reports to print; an interpreter's path often names directories that do not exist, which are left out. */
    public List<EntryReport> reported(List<EntryReport> reports) {
        return given
                ? reports
                : reports.stream().filter(report -> report.refusal().isEmpty()).toList();
    }

    /** The line that says why an entry could not be read; empty when nobody needs to know. */
    public Optional<String> complaint(EntryReport report, ParseResult parsed) {
        if (report.refusal().isEmpty()) {
            return Optional.empty();
        }
        Errno errno = report.refusal().get();
        if (!given && errno.isAbsence()) {
            return Optional.empty();
        }
        RawPath path = report.entry().path();
        return Optional.of(path.shown() + ": " + explain(errno, path, parsed));
    }

    private static String explain(Errno errno, RawPath path, ParseResult parsed) {
        return switch (errno.symbol()) {
            case "ENOENT" -> "no such directory; without PATH, audit judges " + defaultPath(parsed);
            case "ENOTDIR" ->
                "not a directory; 'freshpyc explain " + ImageArgument.words(parsed) + ShellWord.ofPath(path)
                        + "' explains a single file";
            case "EACCES" -> "you may not read this directory: run freshpyc as a user who may";
            case "ENAMETOOLONG" -> "the path is too long for the system";
            default -> "cannot be read (" + errno.symbol() + ")";
        };
    }

    private static String defaultPath(ParseResult parsed) {
        if (ImageArgument.isIn(parsed)) {
            return "the sys.path of the interpreters in the image";
        }
        return RootArgument.of(parsed)
                .map(root -> "the sys.path of the interpreters in " + root.shown())
                .orElse("the sys.path of python3");
    }
}
