package dev.freshpyc.cli.command;

import dev.freshpyc.cli.command.SnapshotCommand.SnapshotTask;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.snapshot.SnapshotName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parsed words of a {@code snapshot} command line.
 *
 * @param name the name of the snapshot; empty where the task takes none, or the user means the default snapshot
 */
record SnapshotWords(SnapshotTask task, Optional<SnapshotName> name, List<String> paths) {

    /** @param words the words behind the task */
    static SnapshotWords of(SnapshotTask task, List<String> words) {
        return switch (task) {
            case LIST, SCRUB -> new SnapshotWords(task, Optional.empty(), words);
            case SAVE, REMOVE -> named(task, words);
            case ROLLBACK ->
                words.isEmpty() || words.getFirst().contains("/")
                        ? new SnapshotWords(task, Optional.empty(), words)
                        : named(task, words);
        };
    }

    private static SnapshotWords named(SnapshotTask task, List<String> words) {
        if (words.isEmpty()) {
            String command = "snapshot " + label(task);
            throw new CommandFailure(ExitCode.USAGE, command + " needs a NAME: freshpyc " + command + " NAME [PATH]");
        }
        String first = words.getFirst();
        Optional<SnapshotName> name = SnapshotName.parse(first);
        if (name.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'" + RawPath.of(first).shown() + "' cannot be the name of a snapshot: use up to 64 letters, digits"
                            + " and _ . + -, and begin with a letter or a digit");
        }
        return new SnapshotWords(task, name, words.subList(1, words.size()));
    }

    /** The name. Call this only for a task that needs a name. */
    SnapshotName requiredName() {
        return name.orElseThrow();
    }

    /** The task as a word of the command line. */
    String label() {
        return label(task);
    }

    private static String label(SnapshotTask task) {
        return task.toString().toLowerCase(Locale.ROOT);
    }
}
