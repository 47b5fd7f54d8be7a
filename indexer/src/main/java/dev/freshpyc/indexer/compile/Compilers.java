package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.Environment;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.Interpreters;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the interpreter whose bytecode is wanted: among those that the user gave, on PATH, in pyenv, in the virtual
 * environment. Each is asked what it is, once, and no more are asked than are needed.
 *
 * <p>A path that the user wrote out is started because the user says so. Whatever is found by looking, a name on PATH
 * included, is started only if neither the trees that are looked at nor, for root, other users can have put it there.
 */
public final class Compilers {

    private final List<String> given;
    private final Candidates candidates;
    private final Guard guard;
    private final Interpreters interpreters;
    private final Map<String, Optional<Environment>> asked = new LinkedHashMap<>();
    private final Map<WantedCompiler, Optional<Compiler>> found = new HashMap<>();
    private final List<RejectedInterpreter> passedOver = new ArrayList<>();

    Compilers(List<String> given, Map<String, String> environment, Guard guard, Interpreters interpreters) {
        this.given = List.copyOf(given);
        this.candidates = new Candidates(Map.copyOf(environment));
        this.guard = guard;
        this.interpreters = interpreters;
    }

    /**
     * A finder that has not asked anybody yet.
     *
     * @param given paths, or names to be found on PATH
     * @param environment of the process
     * @param scanned the trees that are looked at: nothing in them is ever started, unless it was given
     */
    public static Compilers of(
            List<String> given, Map<String, String> environment, List<Path> scanned, Interpreters interpreters) {
        return new Compilers(given, environment, Guard.of(scanned), interpreters);
    }

    /** The first interpreter that matches, the same for the same wish. */
    public synchronized Optional<Compiler> find(WantedCompiler wanted) {
        Optional<Compiler> known = found.get(wanted);
        if (known == null) {
            known = search(wanted).map(this::compiler);
            found.put(wanted, known);
        }
        return known;
    }

    /** What was looked at and could not be asked, or was not to be; each once. */
    public synchronized List<RejectedInterpreter> passedOver() {
        return List.copyOf(passedOver);
    }

    /** Last those that were asked for other wishes: a program need not be what its name says. */
    private Optional<Environment> search(WantedCompiler wanted) {
        for (String program : programs(wanted)) {
            Optional<Environment> answer = asked.computeIfAbsent(program, this::askGuarded);
            if (answer.filter(known -> wanted.matches(known.interpreter())).isPresent()) {
                return answer;
            }
        }
        return asked.values().stream()
                .flatMap(Optional::stream)
                .filter(known -> wanted.matches(known.interpreter()))
                .findFirst();
    }

    /** A list and no stream, which would start one more than is needed. */
    private List<String> programs(WantedCompiler wanted) {
        List<String> programs = new ArrayList<>();
        for (String name : given) {
            if (isPath(name)) {
                programs.add(name);
            } else {
                candidates.onPath(name).map(Path::toString).forEach(programs::add);
            }
        }
        candidates.likely(wanted.version()).map(Path::toString).forEach(programs::add);
        return programs;
    }

    private static boolean isPath(String name) {
        return name.contains("/") || name.contains(File.separator);
    }

    private Optional<Environment> askGuarded(String name) {
        if (given.contains(name)) {
            return ask(name);
        }
        return mayStart(name)
                ? ask(name).filter(answer -> mayStart(answer.program().toPython()))
                : Optional.empty();
    }

    private boolean mayStart(String name) {
        Optional<String> objection = guard.objection(name);
        objection.ifPresent(why -> passedOver.add(new RejectedInterpreter(RawPath.of(name), why)));
        return objection.isEmpty();
    }

    private Optional<Environment> ask(String name) {
        try {
            return Optional.of(interpreters.ask(name));
        } catch (InterpreterException refused) {
            passedOver.add(new RejectedInterpreter(RawPath.of(name), String.valueOf(refused.getMessage())));
            return Optional.empty();
        }
    }

    /**
     * What is behind a wrapper is started without it, if that makes no difference: a wrapper such as pyenv's is slower than
     * what it starts, and may choose another interpreter in another directory.
     */
    private Compiler compiler(Environment answer) {
        RawPath program = answer.program();
        Environment chosen = answer;
        if (program.isAbsolute() && !program.equals(answer.executable())) {
            chosen = asked.computeIfAbsent(program.toPython(), this::ask)
                    .filter(behind -> behind.interpreter().equals(answer.interpreter()))
                    .orElse(answer);
        }
        return new Compiler(chosen.executable(), chosen.interpreter());
    }
}
