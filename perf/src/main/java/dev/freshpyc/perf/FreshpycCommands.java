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
 * The command lines of the measured distribution.
 *
 * @param launcher the distribution's {@code bin/freshpyc}
 */
record FreshpycCommands(Path launcher) {

    /** Exit codes of a successful run; 3: some paths could not be read, which the other contenders ignore. */
    static final Set<Integer> WORKED = Set.of(0, 3);

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern HEAP = Pattern.compile("(?m)^-Xmx(\\d{1,6})m$");

    /**
     * The counts in the output of {@code refresh --format json}.
     *
     * @param hashed number of files read as a whole
     * @param hashedBytes size of those files
     */
    record RefreshCounts(long seen, long reused, long hashed, long hashedBytes) {

        /** Parses the document; an {@link IllegalArgumentException} names a missing number. */
        static RefreshCounts parse(String json) {
            return new RefreshCounts(
                    number("seen", json), number("reused", json), number("hashed", json), number("hashed_bytes", json));
        }

        private static long number(String name, String json) {
            Matcher number = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d{1,18})(?!\\d)")
                    .matcher(json);
            if (!number.find()) {
                throw new IllegalArgumentException("no " + name + " in: " + json.strip());
            }
            return Long.parseLong(number.group(1));
        }
    }

    List<String> refresh(Path index, String... further) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "refresh", "--index", index.toString()));
        command.addAll(List.of(further));
        return command;
    }

    /** An audit for an interpreter. It asks the interpreter, unless the answer lies beside the indexes. */
    List<String> auditFor(String python, Path index, Path tree) {
        return List.of(
                launcher.toString(), "audit", "--python", python, "--index", index.toString(), "-q", tree.toString());
    }

    List<String> audit(Path tree) {
        return List.of(launcher.toString(), "audit", "--no-index", "--format", "text", tree.toString());
    }

    /** An audit that reads an index. */
    List<String> audit(Path index, Path tree) {
        return List.of(launcher.toString(), "audit", "--index", index.toString(), "--format", "text", tree.toString());
    }

    /** An audit that compiles and compares every body that no earlier audit has compared. */
    List<String> verify(Path index, Path tree) {
        List<String> command = new ArrayList<>(audit(index, tree));
        command.add("--verify");
        return command;
    }

    List<String> status(Path index) {
        return List.of(launcher.toString(), "status", "--index", index.toString());
    }

    List<String> lookup(Path index, Path source) {
        return List.of(launcher.toString(), "lookup", "--index", index.toString(), source.toString());
    }

    /** A repair to unchecked hashes. */
    List<String> repair(Path index, Path tree, String... further) {
        List<String> command = new ArrayList<>(
                List.of(launcher.toString(), "repair", "-q", "--to", "unchecked-hash", "--index", index.toString()));
        command.addAll(List.of(further));
        command.add(tree.toString());
        return command;
    }

    /** A repair that makes all headers timestamps again, as fast as possible. */
    List<String> repairToTimestamps(Path index, Path tree) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "repair", "-q", "--to", "timestamp"));
        command.addAll(List.of("--write", "in-place", "--durability", "none"));
        command.addAll(List.of("--index", index.toString(), tree.toString()));
        return command;
    }

    /** Takes back the last repair of a tree. */
    List<String> undo(Path index, Path tree) {
        return List.of(launcher.toString(), "undo", "-q", "--index", index.toString(), tree.toString());
    }

    /** Deletes the journals of earlier repairs. */
    List<String> discardUndo(Path index) {
        return List.of(launcher.toString(), "undo", "--discard", "--index", index.toString());
    }

    /** Runs a refresh and returns its counts. */
    RefreshCounts refreshed(ChildProcesses processes, Path index, Path tree) throws IOException, InterruptedException {
        ChildProcesses.Ended ended = processes.run(LIMIT, refresh(index, "--format", "json", tree.toString()));
        return RefreshCounts.parse(WORKED.contains(ended.status()) ? ended.output() : ended.orFail());
    }

    /** The version of the distribution; an exception says how to build a missing one. */
    String requiredVersion(ChildProcesses processes) throws IOException, InterruptedException {
        if (!Files.isExecutable(launcher)) {
            throw new IOException(launcher + " is not there: build it with mvn package, or name it with --freshpyc");
        }
        return processes
                .run(LIMIT, List.of(launcher.toString(), "--version"))
                .orFail()
                .strip();
    }

    /** Heap limit in MB, from the options of the launcher. */
    long heapLimit() throws IOException {
        Path file = launcher.toAbsolutePath().resolve("../../lib/java.options").normalize();
        Matcher heap = HEAP.matcher(Files.readString(file));
        if (!heap.find()) {
            throw new IOException("no -Xmx…m in " + file);
        }
        return Long.parseLong(heap.group(1));
    }
}
