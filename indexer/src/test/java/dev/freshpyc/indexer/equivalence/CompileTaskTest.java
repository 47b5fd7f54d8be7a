package dev.freshpyc.indexer.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Machines exchange the names of tasks: a name covers every input of a compilation, and must never change. */
class CompileTaskTest {

    private static final Sha256 CONTENT = new Sha256(1, 2, 3, 4);
    private static final RawPath NAME = RawPath.of("/usr/lib/python3/m.py");

    private final CompileTask task = CompileTask.of(Magic.of(3495), OptimizationLevel.NONE, CONTENT, NAME);

    @Test
    void theHashCoversTheSourceTheFlagsAndTheName() {
        MessageDigest sha256 = Sha256.newDigest();
        sha256.update("freshpyc task 1\n".getBytes(StandardCharsets.US_ASCII));
        sha256.update(CONTENT.toBytes());
        sha256.update(new byte[4]);
        sha256.update("/usr/lib/python3/m.py".getBytes(StandardCharsets.US_ASCII));

        assertThat(task.taskhash()).isEqualTo(HexFormat.of().formatHex(sha256.digest()));
    }

    @Test
    void theMethodNamesTheMagicAndTheLevel() {
        assertThat(task.method()).isEqualTo("freshpyc2/3495");
        assertThat(CompileTask.of(Magic.of(3531), OptimizationLevel.O2, CONTENT, NAME)
                        .method())
                .isEqualTo("freshpyc2/3531/opt-2");
    }

    @Test
    void tasksOfDifferentSourcesOrNamesDiffer() {
        assertThat(CompileTask.of(Magic.of(3495), OptimizationLevel.NONE, new Sha256(1, 2, 3, 5), NAME))
                .isNotEqualTo(task);
        assertThat(CompileTask.of(Magic.of(3495), OptimizationLevel.NONE, CONTENT, RawPath.of("/usr/lib/m.py")))
                .isNotEqualTo(task);
    }
}
