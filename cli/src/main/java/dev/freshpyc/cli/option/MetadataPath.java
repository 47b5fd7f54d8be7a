package dev.freshpyc.cli.option;

import dev.freshpyc.core.metadata.MetadataRules;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.inventory.Installation;
import dev.freshpyc.indexer.scan.GivenPath;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The path on which one interpreter finds distributions.
 *
 * @param rules of the interpreter
 * @param entries in order, as paths of this system
 */
public record MetadataPath(MetadataRules rules, List<RawPath> entries) {

    public MetadataPath {
        entries = List.copyOf(entries);
    }

    /**
     * The paths of all interpreters.
     *
     * @param unanswered whether an interpreter did not answer in time, so that its rules are not known
     */
    public record MetadataTarget(List<MetadataPath> paths, boolean unanswered) {

        public MetadataTarget {
            paths = List.copyOf(paths);
        }
    }

    /**
     * The paths that the user gave, for every interpreter that the user named. Without paths, the {@code sys.path} of every named
     * interpreter, or of {@code python3} where none is named.
     *
     * @param root the root directory of the system that the paths belong to; empty for this system
     * @param err gets a line for each interpreter that does not answer, and for each given path that does not exist
     */
    public static MetadataTarget of(
            List<String> given, InterpreterQuestion question, Optional<RawPath> root, PrintStream err) {
        List<RawPath> entries = given.stream()
                .map(path -> RootArgument.resolve(root, RawPath.of(path)))
                .toList();
        entries.stream()
                .filter(entry -> !CanonicalPath.exists(entry)
                        && GivenPath.archive(entry, 0).isEmpty())
                .forEach(entry -> err.println("freshpyc: " + entry.shown() + " does not exist"));
        if (question.isOfSeveral() || (given.isEmpty() && root.isPresent())) {
            return new MetadataTarget(
                    SharedPath.installations(question, root, err).stream()
                            .map(known -> of(known, entries, root))
                            .distinct()
                            .toList(),
                    false);
        }
        if (given.isEmpty()) {
            PythonEnvironment known =
                    question.orOf(InterpreterQuestion.DEFAULT_PYTHON).ask().orElseThrow();
            return new MetadataTarget(List.of(new MetadataPath(rules(known), known.path())), false);
        }
        Optional<PythonEnvironment> known = question.askInTime(err);
        MetadataRules rules = known.map(MetadataPath::rules).orElse(MetadataRules.LISTED);
        return new MetadataTarget(List.of(new MetadataPath(rules, entries)), question.isUnanswered(known));
    }

    /** All entries, each once. */
    public static Stream<RawPath> entries(List<MetadataPath> paths) {
        return paths.stream().map(MetadataPath::entries).flatMap(List::stream).distinct();
    }

    private static MetadataPath of(Installation known, List<RawPath> given, Optional<RawPath> root) {
        PythonVersion version = known.feature();
        List<RawPath> path = known.path().stream()
                .map(entry -> RootArgument.resolve(root, entry))
                .toList();
        return new MetadataPath(MetadataRules.of(version), given.isEmpty() ? path : given);
    }

    private static MetadataRules rules(PythonEnvironment python) {
        return MetadataRules.of(python.interpreter().version());
    }
}
