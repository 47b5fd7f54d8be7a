package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a repair that writes a RECORD at each {@code fsync} in turn. After a kill, an undo restores all files or
 * another repair completes the work; the two alternate.
 */
@EnabledOnOs(OS.LINUX)
class KilledRecordUpdateTest {

    private static final int MOST_WAITS = 40;

    @TempDir
    private Path directory;

    private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);

    /** The progress of the killed repair. */
    private enum Phase {
        NOTHING_RENAMED,
        PYCS_RENAMED,
        RECORD_RENAMED
    }

    @Test
    void aRepairKilledAtAnySyncCanBeUndoneOrCompleted() throws Exception {
        Shell.require("strace");
        boolean killed = true;
        for (int wait = 1; killed; wait++) {
            assertThat(wait).isLessThan(MOST_WAITS);
            killed = wait % 2 == 0 ? isUndone(wait) : isCompleted(wait);
        }
        System.out.println("KilledRecordUpdateTest: killed in each phase: " + phases);
        assertThat(phases.keySet()).containsExactly(Phase.values());
    }

    /** Whether the repair was killed before its end. Requires that an undo restores all files. */
    private boolean isUndone(int wait) throws Exception {
        RecordedWheel wheel = wheel("undone", wait);
        Map<String, FileSnapshot> before = FileSnapshot.files(wheel.site());

        boolean killed = isKilled(wheel, before, wait);

        CommandLineRun undo = wheel.undo(wheel.site());
        assertThat(undo).matches(run -> run.code() == 0 || run.err().contains("no journal"));
        Map<String, FileSnapshot> now = FileSnapshot.files(wheel.site());
        assertThat(now.keySet()).isEqualTo(before.keySet());
        before.forEach((path, state) -> {
            assertThat(now.get(path).content()).as(path).isEqualTo(state.content());
            assertThat(now.get(path).metadata()).as(path).isEqualTo(state.metadata());
        });
        return killed;
    }

    /** Whether the repair was killed before its end. Requires that another repair completes the work. */
    private boolean isCompleted(int wait) throws Exception {
        RecordedWheel wheel = wheel("completed", wait);
        Map<String, FileSnapshot> before = FileSnapshot.files(wheel.site());
        boolean killed = isKilled(wheel, before, wait);

        CommandLineRun again = wheel.repair("--update-records");

        assertThat(again.code()).as(again.out() + again.err()).isZero();
        assertThat(wheel.wrongLines()).isEmpty();
        assertThat(FileSnapshot.files(wheel.site()).keySet()).isEqualTo(before.keySet());
        assertThat(wheel.imported("a")).isEqualTo("a");
        assertThat(wheel.repair("--update-records", "--check").code()).isZero();
        return killed;
    }

    private boolean isKilled(RecordedWheel wheel, Map<String, FileSnapshot> before, int wait)
            throws IOException, InterruptedException {
        List<String> strace = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                directory.resolve("trace").toString(),
                "-e",
                "trace=fsync",
                "-e",
                "inject=fsync:signal=SIGKILL:when=" + wait);
        List<String> words = wheel.repairWords("--update-records", "-q", "-j", "1");
        int code = ProgramProcess.ofProgram(strace, words.toArray())
                .inheritIO()
                .start()
                .waitFor();
        if (code == 0) {
            return false;
        }
        assertThat(code).isEqualTo(137);
        String record = wheel.site().relativize(wheel.record()).toString();
        String pyc = wheel.site().relativize(wheel.pyc("c")).toString();
        boolean newRecord = !FileSnapshot.of(wheel.record())
                .content()
                .equals(before.get(record).content());
        boolean newPycs = !FileSnapshot.of(wheel.pyc("c"))
                .content()
                .equals(before.get(pyc).content());
        if (newRecord) {
            assertThat(wheel.wrongLines()).isEmpty();
        }
        phases.merge(
                newRecord ? Phase.RECORD_RENAMED : newPycs ? Phase.PYCS_RENAMED : Phase.NOTHING_RENAMED,
                1,
                Integer::sum);
        return true;
    }

    private RecordedWheel wheel(String kind, int wait) throws IOException, InterruptedException {
        return RecordedWheel.in(Files.createDirectory(directory.toRealPath().resolve(kind + wait)));
    }
}
