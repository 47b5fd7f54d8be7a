package dev.freshpyc.indexer.interpreter;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Finds the interpreter of a tag or magic number among the programs that the user named and those on PATH, in pyenv and in
 * the active virtual environment. Each program is probed at most once, and the search ends at the first match.
 *
 * <p>A path that the user wrote out is started without further checks. A program that was found, through a name on PATH for
 * example, is started only if {@link StartPolicy} permits.
 */
public final class InterpreterLocator {

    /** Longest explanation of a failed search; every file without an interpreter may print it. */
    private static final int EXPLANATION_LIMIT = 400;

    private final List<String> given;
    private final InterpreterCandidates candidates;
    private final StartPolicy policy;
    private final InterpreterProbe probe;
    private final Map<String, ProbeResult> probed = new LinkedHashMap<>();
    private final Map<WantedInterpreter, Search> searches = new HashMap<>();
    private final Map<WantedInterpreter, List<LocatedInterpreter>> releases = new HashMap<>();

    /** The result of probing one program. */
    private sealed interface ProbeResult {

        record Answered(PythonEnvironment environment) implements ProbeResult {}

        record Refused(RejectedInterpreter rejected) implements ProbeResult {}
    }

    /**
     * The result for one wanted interpreter.
     *
     * @param rejected the programs that were considered before, in that order
     */
    private record Search(Optional<LocatedInterpreter> found, List<RejectedInterpreter> rejected) {}

    InterpreterLocator(
            List<String> given, Map<String, String> environment, StartPolicy policy, InterpreterProbe probe) {
        this.given = List.copyOf(given);
        this.candidates = new InterpreterCandidates(Map.copyOf(environment));
        this.policy = policy;
        this.probe = probe;
    }

    /**
     * A locator that has not started anything yet.
     *
     * @param given paths, or names to be found on PATH
     * @param environment the environment variables of the process
     * @param scanned the scanned trees; a program inside is started only if its path was given
     */
    public static InterpreterLocator of(
            List<String> given, Map<String, String> environment, List<Path> scanned, InterpreterProbe probe) {
        return new InterpreterLocator(given, environment, StartPolicy.of(scanned), probe);
    }

    /** The first interpreter that matches; equal arguments give equal answers. */
    public synchronized Optional<LocatedInterpreter> find(WantedInterpreter wanted) {
        return searchOnce(wanted).found();
    }

    /**
     * One interpreter of each release that matches, first that of {@link #find}. Releases of one version, such as 3.11.2 and 3.11.7, have
     * the same tag and magic number, and yet make different code of some sources. The search starts every program that may match.
     */
    public synchronized List<LocatedInterpreter> findReleases(WantedInterpreter wanted) {
        List<LocatedInterpreter> known = releases.get(wanted);
        if (known == null) {
            known = searchReleases(wanted);
            releases.put(wanted, known);
        }
        return known;
    }

    /** The programs that the search for {@code wanted} considered and did not take, in that order. */
    public synchronized List<RejectedInterpreter> rejected(WantedInterpreter wanted) {
        return searchOnce(wanted).rejected();
    }

    /** One line of bounded length that says why no interpreter was found; safe to print. */
    public String explainAbsence(WantedInterpreter wanted) {
        List<RejectedInterpreter> rejected = rejected(wanted);
        StringBuilder text = new StringBuilder("no interpreter with ").append(wanted);
        if (rejected.isEmpty()) {
            return text.append(" on PATH, in pyenv or in a virtual environment").toString();
        }
        int named = 0;
        for (RejectedInterpreter program : rejected) {
            String next = (named == 0 ? ": " : "; ") + program;
            if (text.length() + next.length() > EXPLANATION_LIMIT) {
                break;
            }
            text.append(next);
            named++;
        }
        int left = rejected.size() - named;
        if (left > 0) {
            text.append(named == 0 ? ": rejected " : "; and ").append(left).append(named == 0 ? "" : " more");
        }
        return text.toString();
    }

    private Search searchOnce(WantedInterpreter wanted) {
        Search known = searches.get(wanted);
        if (known == null) {
            known = search(wanted);
            searches.put(wanted, known);
        }
        return known;
    }

    /** Programs that were probed for another request come last: a program need not be the version that its name spells. */
    private Search search(WantedInterpreter wanted) {
        List<RejectedInterpreter> rejected = new ArrayList<>();
        SequencedSet<String> programs = programs(wanted);
        for (String program : programs) {
            ProbeResult result = probed.computeIfAbsent(program, this::probeIfPermitted);
            Optional<PythonEnvironment> match = match(wanted, result, rejected);
            if (match.isPresent()) {
                return new Search(match.map(this::withoutWrapper), List.copyOf(rejected));
            }
        }
        for (Map.Entry<String, ProbeResult> earlier : List.copyOf(probed.entrySet())) {
            Optional<PythonEnvironment> match = programs.contains(earlier.getKey())
                    ? Optional.empty()
                    : match(wanted, earlier.getValue(), rejected);
            if (match.isPresent()) {
                return new Search(match.map(this::withoutWrapper), List.copyOf(rejected));
            }
        }
        return new Search(Optional.empty(), List.copyOf(rejected));
    }

    private List<LocatedInterpreter> searchReleases(WantedInterpreter wanted) {
        SequencedSet<String> programs = programs(wanted);
        programs.forEach(program -> probed.computeIfAbsent(program, this::probeIfPermitted));
        programs.addAll(probed.keySet());
        Map<String, LocatedInterpreter> found = new LinkedHashMap<>();
        for (String program : programs) {
            match(wanted, Objects.requireNonNull(probed.get(program)), new ArrayList<>())
                    .ifPresent(match -> found.putIfAbsent(match.version(), withoutWrapper(match)));
        }
        return List.copyOf(found.values());
    }

    /** The environment if its interpreter is wanted; otherwise the program is added to {@code rejected}. */
    private static Optional<PythonEnvironment> match(
            WantedInterpreter wanted, ProbeResult result, List<RejectedInterpreter> rejected) {
        switch (result) {
            case ProbeResult.Answered(PythonEnvironment environment) -> {
                var known = environment.interpreter();
                if (wanted.matches(known)) {
                    return Optional.of(environment);
                }
                String reason = "has " + WantedInterpreter.shown(known.magic(), known.tag());
                rejected.add(new RejectedInterpreter(environment.executable(), reason));
            }
            case ProbeResult.Refused(RejectedInterpreter program) -> rejected.add(program);
        }
        return Optional.empty();
    }

    /** A collection instead of a stream: the flat-mapped stream would probe one program more than needed. */
    private SequencedSet<String> programs(WantedInterpreter wanted) {
        SequencedSet<String> programs = new LinkedHashSet<>();
        for (String name : given) {
            if (isPath(name)) {
                programs.add(name);
            } else {
                candidates.onPath(name).map(InterpreterLocator::text).forEach(programs::add);
            }
        }
        candidates.likely(wanted.version()).map(InterpreterLocator::text).forEach(programs::add);
        return programs;
    }

    private static String text(Path program) {
        return JavaPath.toRaw(program).toPython();
    }

    private static boolean isPath(String name) {
        return name.contains("/") || name.contains(File.separator);
    }

    private ProbeResult probeIfPermitted(String name) {
        if (given.contains(name)) {
            return probe(name);
        }
        ProbeResult result = objection(name).orElseGet(() -> probe(name));
        return result instanceof ProbeResult.Answered answered
                ? objection(answered.environment().program().toPython()).orElse(result)
                : result;
    }

    private Optional<ProbeResult> objection(String name) {
        return policy.objection(name).map(reason -> refused(name, reason));
    }

    private ProbeResult probe(String name) {
        try {
            return new ProbeResult.Answered(probe.probe(name));
        } catch (InterpreterException failed) {
            return refused(name, failed.reason());
        }
    }

    private static ProbeResult refused(String name, String reason) {
        return new ProbeResult.Refused(new RejectedInterpreter(RawPath.of(name), reason));
    }

    /**
     * The program behind a wrapper, if that program is the same interpreter. A wrapper, such as a shim of pyenv, starts more
     * slowly than the program behind, and may choose another interpreter in another directory.
     */
    private LocatedInterpreter withoutWrapper(PythonEnvironment found) {
        RawPath program = found.program();
        boolean wrapped = program.isAbsolute() && !program.equals(found.executable());
        PythonEnvironment chosen = wrapped
                        && probed.computeIfAbsent(program.toPython(), this::probe)
                                instanceof ProbeResult.Answered(PythonEnvironment behind)
                        && behind.interpreter().equals(found.interpreter())
                ? behind
                : found;
        return new LocatedInterpreter(chosen.executable(), chosen.interpreter());
    }

    /**
     * An interpreter that was found and probed.
     *
     * @param executable the program to start; made absolute, since workers do not run in the current directory
     * @param interpreter the version, tag and magic number that the program reported
     */
    public record LocatedInterpreter(RawPath executable, KnownInterpreter interpreter) {

        public LocatedInterpreter {
            executable = executable.absolute();
        }
    }

    /**
     * A program that was considered as an interpreter and not taken.
     *
     * @param reason a predicate whose subject is the program, such as {@code has magic 3571}; safe to print
     */
    public record RejectedInterpreter(RawPath program, String reason) {

        /** The program and the reason as one sentence. */
        @Override
        public String toString() {
            return program.shown() + " " + reason;
        }
    }
}
