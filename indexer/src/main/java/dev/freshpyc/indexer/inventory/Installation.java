package dev.freshpyc.indexer.inventory;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.site.ComputedPath;
import dev.freshpyc.indexer.site.InterpreterLayout;
import dev.freshpyc.indexer.site.PathFinding;
import java.util.List;
import java.util.Optional;

/**
 * An interpreter or a virtual environment, and what is on its {@code sys.path}.
 *
 * @param executable the program; of another system, its path there
 * @param feature the feature release
 * @param version such as {@code 3.11.7}, or {@code 3.11} where the interpreter was not asked; safe to print
 * @param tag empty for Python before 3.2, and for a free-threaded build that was not asked
 * @param magic empty for a version that no table knows, where the interpreter was not asked
 * @param answer what the interpreter reported; empty where it was not asked
 * @param notAsked why the path is computed from files, as a predicate of the interpreter; empty where it was asked
 */
public record Installation(
        RawPath executable,
        PythonVersion feature,
        String version,
        Optional<String> tag,
        Optional<Magic> magic,
        RawPath prefix,
        List<RawPath> path,
        List<PathFinding> findings,
        Optional<PythonEnvironment> answer,
        Optional<String> notAsked) {

    public Installation {
        path = List.copyOf(path);
        findings = List.copyOf(findings);
    }

    /** An interpreter that was asked, with the findings of its files. */
    static Installation asked(PythonEnvironment answer, List<PathFinding> findings) {
        KnownInterpreter known = answer.interpreter();
        return new Installation(
                answer.executable(),
                known.version(),
                answer.version(),
                known.tag(),
                Optional.of(known.magic()),
                answer.facts().prefix(),
                answer.path(),
                findings,
                Optional.of(answer),
                Optional.empty());
    }

    /** An interpreter that was not asked: its tag and magic are those of the final release. */
    static Installation computed(ComputedPath path, String why) {
        InterpreterLayout layout = path.layout();
        PythonVersion version = layout.version();
        return new Installation(
                layout.executable(),
                version,
                version.major() + "." + version.minor() + layout.abi(),
                Optional.of("cpython-" + version.major() + version.minor() + layout.abi())
                        .filter(_ -> version.atLeast(3, 2) && layout.abi().isEmpty()),
                MagicTable.of(version).stream().reduce((_, last) -> last),
                layout.prefix(),
                path.path(),
                path.findings(),
                Optional.empty(),
                Optional.of(why));
    }
}
