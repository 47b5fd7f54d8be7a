package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares what an index says with what one says that a full refresh has just made. */
final class IndexComparison {

    private IndexComparison() {}

    /**
     * Requires that the audit by the hook's index, which reads no file that the index knows, says the same of every file as the audit
     * by a new index, and that the records of both are as many and valid. While files are still racy, the two are asked at moments
     * between which no file ceased to be so. An index that saw a pair before the last change has that as its evidence; a new one has the
     * header.
     *
     * @param fresh a directory that does not exist
     * @param target the words that name what is audited
     */
    static void requireEqual(Path kept, Path fresh, List<?> target) {
        run("refresh", fresh, "-q", target);
        assertThat(records(kept)).as("records").isEqualTo(records(fresh));
        String after = run("audit", fresh, "--all", target);
        String before;
        String asked;
        do {
            before = after;
            asked = run("audit", kept, "--all", target);
            after = run("audit", fresh, "--all", target);
        } while (!after.equals(before));
        assertThat(withoutMemory(asked)).isEqualTo(withoutMemory(after));
    }

    /** An index remembers a proof that another one has to find in the header again. */
    private static String withoutMemory(String audit) {
        return audit.replace("\"evidence\":\"index\"", "\"evidence\":\"header\"");
    }

    private static String records(Path index) {
        return CommandLineRun.of("index", "verify", "--index", index).out();
    }

    private static String run(String command, Path index, String more, List<?> target) {
        List<Object> words = new ArrayList<>(List.of(command, "--index", index, more));
        if (command.equals("audit")) {
            words.addAll(List.of("--format", "jsonl"));
        }
        words.addAll(target);
        CommandLineRun run = CommandLineRun.of(words.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }
}
