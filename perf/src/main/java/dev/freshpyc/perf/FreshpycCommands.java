package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Command lines of the distribution.
 *
 * @param launcher its {@code bin/freshpyc}
 */
record FreshpycCommands(Path launcher) {

    /** 3: some paths could not be read, as for everybody else. */
    static final Set<Integer> WORKED = Set.of(0, 3);

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern HEAP = Pattern.compile("(?m)^-Xmx(\\d{1,6})m$");

    List<String> refresh(Path index, String... further) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "refresh", "--index", index.toString()));
        command.addAll(List.of(further));
        return command;
    }

    List<String> audit(Path tree) {
        return List.of(launcher.toString(), "audit", "--no-index", "--format", "text", tree.toString());
    }

    List<String> lookup(Path index, Path source) {
        return List.of(launcher.toString(), "lookup", "--index", index.toString(), source.toString());
    }

    /** Refreshes, and returns what was counted. */
    RefreshCounts refreshed(ChildProcesses processes, Path index, Path tree) throws IOException, InterruptedException {
        ChildProcesses.Ended ended = processes.run(LIMIT, refresh(index, "--format", "json", tree.toString()));
        return RefreshCounts.parse(WORKED.contains(ended.status()) ? ended.output() : ended.orFail());
    }

    /** The version, of a distribution that must be there. */
    String requiredVersion(ChildProcesses processes) throws IOException, InterruptedException {
        if (!Files.isExecutable(launcher)) {
            throw new IOException(launcher + " is not there: build it with mvn package, or name it with --freshpyc");
        }
        return processes
                .run(LIMIT, List.of(launcher.toString(), "--version"))
                .orFail()
                .strip();
    }

    /** MB that the launcher gives the heap, by its own options. */
    long heapLimit() throws IOException {
        Path file = launcher.toAbsolutePath().resolve("../../lib/java.options").normalize();
        Matcher heap = HEAP.matcher(Files.readString(file));
        if (!heap.find()) {
            throw new IOException("no -Xmx…m in " + file);
        }
        return Long.parseLong(heap.group(1));
    }
}
