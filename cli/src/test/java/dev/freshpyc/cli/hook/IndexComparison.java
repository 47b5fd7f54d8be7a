package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares an index that a hook keeps up to date with an index that a full refresh has just made. */
final class IndexComparison {

    private IndexComparison() {}

    /**
     * Requires that an audit with the kept index gives every file the verdict of an audit with a new index, and that
     * both indexes have equally many valid records. The audit with the kept index reads no file that the index knows. A
     * verdict can change when a racy file settles, so the audits are repeated until the new index gives equal verdicts
     * before and after the audit with the kept index.
     *
     * @param kept the directory of the index that the hook keeps up to date
     * @param fresh a directory for the new index that does not exist
     * @param target the arguments that name the audited tree
     */
    static void requireEqual(Path kept, Path fresh, List<?> target) {
        run("refresh", fresh, "-q", target);
        assertThat(records(kept)).as("records").isEqualTo(records(fresh));
        String after = run("audit", fresh, "--all", target);
        String before;
        String keptAudit;
        do {
            before = after;
            keptAudit = run("audit", kept, "--all", target);
            after = run("audit", fresh, "--all", target);
        } while (!after.equals(before));
        assertThat(withHeaderEvidence(keptAudit)).isEqualTo(withHeaderEvidence(after));
    }

    /**
     * Replaces the evidence of the index, since a kept index may have a proof of a pair where a new index has only the
     * header.
     */
    private static String withHeaderEvidence(String audit) {
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
