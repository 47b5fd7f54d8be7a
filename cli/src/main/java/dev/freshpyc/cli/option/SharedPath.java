package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.inventory.Installation;
import dev.freshpyc.indexer.inventory.Inventory.Entry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The entries of several environments. A directory that several environments have appears once, at its first place. */
final class SharedPath {

    private SharedPath() {}

    /**
     * The entries, as paths of this system.
     *
     * @param err gets a line for each program that was found and whose environment is unknown
     */
    static List<RawPath> of(InterpreterQuestion question, Optional<RawPath> root, PrintStream err) {
        return paths(installations(question, root, err), root);
    }

    /**
     * The environments; at least one.
     *
     * @param err gets a line for each program that was found and whose environment is unknown
     */
    static List<Installation> installations(InterpreterQuestion question, Optional<RawPath> root, PrintStream err) {
        List<Installation> known = new ArrayList<>();
        for (Entry entry : EnvironmentArguments.entries(question.pythons(), question.all(), root, question.probe())) {
            switch (entry) {
                case Entry.Known(Installation installation) -> known.add(installation);
                case Entry.Unknown(RawPath program, String reason) -> {
                    String line = program.shown() + " " + reason;
                    if (question.pythons().contains(program.toPython())) {
                        throw new CommandFailure(ExitCode.INCOMPLETE, "interpreter " + line);
                    }
                    err.println("freshpyc: left out: " + line);
                }
            }
        }
        if (known.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    root.map(top -> "no Python was found in " + top.shown()
                                    + ": give a PATH inside it, such as /usr/lib/python3/dist-packages")
                            .orElse("no Python was found: give a PATH or --python EXE"));
        }
        return known;
    }

    private static List<RawPath> paths(List<Installation> known, Optional<RawPath> root) {
        Set<RawPath> seen = new HashSet<>();
        return known.stream()
                .flatMap(installation -> installation.path().stream())
                .map(entry -> RootArgument.resolve(root, entry))
                .filter(entry -> seen.add(CanonicalPath.of(entry)))
                .toList();
    }
}
