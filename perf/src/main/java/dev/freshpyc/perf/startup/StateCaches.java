package dev.freshpyc.perf.startup;

import dev.freshpyc.core.file.FileTreeRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The directories with the bytecode of each state. They are removed when the bench closes. */
public final class StateCaches implements AutoCloseable {

    private static final String NO_WRITE = "PYTHONDONTWRITEBYTECODE";
    private static final String IMPORT_TIMES = "PYTHONPROFILEIMPORTTIME";
    private static final String PREFIX = "PYTHONPYCACHEPREFIX";
    private static final int MAX_PYCS = 100_000;

    private final Path directory;
    private final List<PreparedPyc> pycs = new ArrayList<>();
    private final List<String> imported = new ArrayList<>();

    private StateCaches(Path directory) {
        this.directory = directory;
    }

    /** Lets the command compile what it loads, below an empty prefix, and prepares all states from that. */
    public static StateCaches prepare(StartCommand command, List<StartState> states)
            throws IOException, StartupException, InterruptedException {
        StateCaches caches = new StateCaches(Files.createTempDirectory("freshpyc-bench"));
        try {
            caches.compile(command);
            for (StartState state : states) {
                if (!state.writes()) {
                    caches.restore(state);
                }
            }
            return caches;
        } catch (IOException | StartupException | InterruptedException | RuntimeException failed) {
            caches.close();
            throw failed;
        }
    }

    /** The variables that give a command this state; an empty value removes a variable. */
    public Map<String, String> environment(StartState state) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(IMPORT_TIMES, "1");
        variables.put(NO_WRITE, state.writes() ? "" : "1");
        if (state != StartState.AS_IS) {
            variables.put(PREFIX, prefix(state).toString());
        }
        return variables;
    }

    /** Number of modules whose bytecode the states have. */
    public int size() {
        return pycs.size();
    }

    /** The modules whose bytecode the states have. */
    StartProfile profile() throws IOException {
        return StartProfile.of(pycs, imported);
    }

    /** Puts a state back that the last run may have changed. */
    public void beforeRun(StartState state) throws IOException {
        if (state.writes()) {
            restore(state);
        }
    }

    private void restore(StartState state) throws IOException {
        if (state == StartState.AS_IS) {
            return;
        }
        Path prefix = prefix(state);
        remove(prefix);
        Files.createDirectories(prefix);
        if (state != StartState.NONE) {
            for (PreparedPyc pyc : pycs) {
                Path file = prefix.resolve(pyc.place());
                Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(prefix));
                Files.write(file, pyc.in(state));
            }
        }
    }

    private void compile(StartCommand command) throws IOException, StartupException, InterruptedException {
        Path compiled = Files.createDirectory(directory.resolve("compiled"));
        StartRun first = command.run(Map.of(PREFIX, compiled.toString(), NO_WRITE, "", IMPORT_TIMES, "1"));
        first.imports().forEach(time -> imported.add(time.module()));
        try (Stream<Path> files = Files.walk(compiled)) {
            for (Path file : files.filter(Files::isRegularFile).limit(MAX_PYCS).toList()) {
                PreparedPyc.read(compiled, file).ifPresent(pycs::add);
            }
        }
        if (pycs.isEmpty()) {
            throw new StartupException("the command wrote no bytecode to $" + PREFIX
                    + "; bench needs a command of Python 3.8 or later that runs without -B, -E and -I");
        }
    }

    private Path prefix(StartState state) {
        return directory.resolve(state.name());
    }

    @Override
    public void close() throws IOException {
        remove(directory);
    }

    private static void remove(Path tree) throws IOException {
        if (Files.exists(tree)) {
            FileTreeRemoval.remove(tree);
        }
    }
}
