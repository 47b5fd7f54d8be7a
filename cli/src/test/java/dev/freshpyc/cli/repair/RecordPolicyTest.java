package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A repair leaves the files that a RECORD lists, or brings the RECORD up to date, as the user chooses. */
@EnabledOnOs(OS.LINUX)
class RecordPolicyTest {

    @TempDir
    private Path directory;

    private RecordedWheel wheel;
    private String before = "";

    @BeforeEach
    void install() throws Exception {
        wheel = RecordedWheel.in(directory.toRealPath());
        before = wheel.recordText();
        assertThat(wheel.wrongLines()).isEmpty();
    }

    @Test
    void withoutAnOptionTheLinesBecomeWrongAndTheFilesAreCounted() throws Exception {
        assertThat(wheel.repair().out())
                .contains("restamped: 3", "the package records of 2 changed files are no longer true");
        assertThat(wheel.wrongLines()).hasSize(2);
    }

    @Test
    void keptFilesStayAndTheirRecordIsReported() throws Exception {
        Map<String, FileSnapshot> files = FileSnapshot.files(wheel.site());

        List<String> predicted =
                wheel.repair("--keep-records", "--dry-run", "--format", "jsonl").lines();
        CommandLineRun run = wheel.repair("--keep-records", "-v");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "restamped: 1, recompiled: 0; 2 in-package-record",
                        "2 files left as they are, since package records list them")
                .contains("  " + wheel.pyc("a") + "  listed in " + wheel.record());
        assertThat(predicted)
                .filteredOn(
                        line -> line.contains("\"outcome\":\"skipped\",\"reason\":\"in-package-record\",\"record\":\""
                                + wheel.record() + "\""))
                .hasSize(2);
        assertThat(FileSnapshot.of(wheel.pyc("a"))).isEqualTo(files.get("pkg/__pycache__/" + name("a")));
        assertThat(FileSnapshot.of(wheel.pyc("b"))).isEqualTo(files.get("pkg/__pycache__/" + name("b")));
        assertThat(wheel.wrongLines()).isEmpty();
        assertThat(wheel.recordText()).isEqualTo(before);
        assertThat(wheel.repair("--keep-records", "--check").code()).isZero();
    }

    /** A record that lists another content is not true already, and keeping the file would keep what was planted. */
    @Test
    void aFileThatIsNotAsItsRecordListsItIsRepairedAndNamed() throws Exception {
        byte[] planted = Files.readAllBytes(wheel.pyc("c"));
        Files.write(wheel.pyc("a"), planted);
        assertThat(wheel.imported("a")).isEqualTo("c");

        String predicted = wheel.repair("--keep-records", "--dry-run").out();
        CommandLineRun run = wheel.repair("--keep-records");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(predicted).contains("would be compiled and compared: 1", "1 in-package-record");
        assertThat(run.out())
                .contains(
                        "restamped: 1, recompiled: 1; 1 in-package-record",
                        "1 changed file did not have the content that its package record lists:\n  " + wheel.pyc("a"));
        assertThat(wheel.imported("a")).isEqualTo("a");
    }

    @Test
    void aMissingFileOfARecordIsMade() throws Exception {
        Files.delete(wheel.pyc("a"));

        CommandLineRun run = wheel.repair("--keep-records", "--expect", wheel.tag());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("recompiled: 1");
        assertThat(wheel.pyc("a")).exists();
    }

    @Test
    void aCleanRemovesAFileThatIsNotAsItsRecordListsIt() throws Exception {
        Files.write(wheel.pyc("a"), Files.readAllBytes(wheel.pyc("c")));

        CommandLineRun run = wheel.clean("--keep-records", "--foreign", "--expect", "cpython-38");

        assertThat(run.out())
                .contains("removed: 2 files", "package records list other contents for 1 of the files", "1 file left");
        assertThat(wheel.pyc("a")).doesNotExist();
        assertThat(wheel.pyc("b")).exists();
    }

    @Test
    void theDryRunPredictsTheRun() {
        for (String policy : List.of("--keep-records", "--update-records")) {
            List<String> predicted =
                    wheel.repair(policy, "--dry-run", "--format", "jsonl").lines();
            List<String> done = wheel.repair(policy, "--format", "jsonl").lines();

            assertThat(done).as(policy).isEqualTo(predicted);
            assertThat(wheel.undo(wheel.site()).code()).isZero();
        }
    }

    @Test
    void onlyTheLinesOfChangedFilesAreRewritten() throws Exception {
        Files.setPosixFilePermissions(wheel.record(), PosixFilePermissions.fromString("rw-r-----"));
        FileSnapshot then = FileSnapshot.of(wheel.record());

        CommandLineRun run = wheel.repair("--update-records");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("restamped: 3", "1 RECORD file brought up to date: 2 lines")
                .doesNotContain("no longer");
        assertThat(wheel.wrongLines()).isEmpty();
        FileSnapshot now = FileSnapshot.of(wheel.record());
        assertThat(now.metadata().mode()).isEqualTo(then.metadata().mode());
        String[] old = before.split("\r\n", -1);
        String[] lines = wheel.recordText().split("\r\n", -1);
        assertThat(lines).hasSameSizeAs(old);
        for (int i = 0; i < lines.length; i++) {
            boolean changed = lines[i].contains(name("a")) || lines[i].contains(name("b"));
            assertThat(lines[i].equals(old[i])).as(old[i]).isEqualTo(!changed);
        }
    }

    @Test
    void anUndoRestoresTheRecordWithThePycs() throws Exception {
        Map<String, FileSnapshot> then = FileSnapshot.files(wheel.site());
        assertThat(wheel.repair("--update-records").code()).isZero();

        CommandLineRun undo = wheel.undo(wheel.site());

        assertThat(undo.code()).as(undo.out() + undo.err()).isZero();
        assertThat(undo.out()).contains("put back: 4");
        Map<String, FileSnapshot> now = FileSnapshot.files(wheel.site());
        assertThat(now.keySet()).isEqualTo(then.keySet());
        now.forEach((path, state) -> {
            assertThat(state.metadata()).as(path).isEqualTo(then.get(path).metadata());
            assertThat(state.content()).as(path).isEqualTo(then.get(path).content());
        });
    }

    @Test
    void anUndoOfOneFileReportsTheRecordThatItLeaves() throws Exception {
        assertThat(wheel.repair("--update-records").code()).isZero();
        String updated = wheel.recordText();

        CommandLineRun undo = wheel.undo(wheel.pyc("a"));

        assertThat(undo.code()).isEqualTo(3);
        assertThat(undo.err()).contains(wheel.record() + " still has the digests from before this undo");
        assertThat(wheel.recordText()).isEqualTo(updated);
        assertThat(wheel.undo(wheel.site()).code()).isZero();
        assertThat(wheel.recordText()).isEqualTo(before);
        assertThat(wheel.wrongLines()).isEmpty();
    }

    @Test
    void bothOptionsTogetherAreRefused() {
        assertThat(wheel.repair("--keep-records", "--update-records").complaint(2))
                .contains("choose one");
        assertThat(wheel.clean("--keep-records", "--update-records").complaint(2))
                .contains("choose one");
    }

    /** A run that was killed before it wrote the RECORD leaves repaired pycs and an old RECORD. */
    @Test
    void theNextRunBringsAnOldRecordUpToDate() throws Exception {
        assertThat(wheel.repair().code()).isZero();
        assertThat(wheel.wrongLines()).hasSize(2);

        assertThat(wheel.repair("--update-records", "--dry-run").out())
                .contains(
                        "would be compiled and compared: 2",
                        "1 RECORD file would be brought up to date: up to 2 lines");
        CommandLineRun run = wheel.repair("--update-records");

        assertThat(run.out())
                .contains("restamped: 0, recompiled: 0; 3 as-wanted", "1 RECORD file brought up to date: 2 lines");
        assertThat(wheel.wrongLines()).isEmpty();
        assertThat(wheel.repair("--update-records", "--check").code()).isZero();
    }

    /** A RECORD must not vouch for a body that has replaced the installed body. */
    @Test
    void theDigestOfWrongCodeIsNotWrittenToTheRecord() throws Exception {
        byte[] other = Files.readAllBytes(wheel.pyc("c"));
        byte[] planted = Files.readAllBytes(wheel.pyc("a"));
        byte[] mixed = Arrays.copyOf(planted, other.length);
        System.arraycopy(other, 16, mixed, 16, other.length - 16);
        Files.write(wheel.pyc("a"), mixed);

        assertThat(wheel.imported("a")).isEqualTo("c");

        CommandLineRun run = CommandLineRun.of("repair", "--update-records", "--index", wheel.index(), wheel.site());

        assertThat(run.out()).contains("recompiled: 1");
        assertThat(wheel.imported("a")).isEqualTo("a");
        assertThat(wheel.wrongLines()).isEmpty();
    }

    @Test
    void aHardLinkedRecordIsLeftUnlessLinksMayBreak() throws Exception {
        Path other = Files.createLink(directory.resolve("other"), wheel.record());

        assertThat(wheel.repair("--update-records", "--dry-run").out()).contains("RECORD  left: hard-linked-outside");
        CommandLineRun run = wheel.repair("--update-records");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("RECORD  left: hard-linked-outside (2 names)");
        assertThat(wheel.recordText()).isEqualTo(before);

        assertThat(wheel.repair("--update-records", "--hardlinks", "break").code())
                .isZero();
        assertThat(wheel.wrongLines()).isEmpty();
        assertThat(Files.readString(other)).isEqualTo(before);
    }

    @Test
    void aSymbolicLinkInPlaceOfARecordIsNotFollowed() throws Exception {
        Path outside = Files.move(wheel.record(), directory.resolve("outside"));
        Files.createSymbolicLink(wheel.record(), outside);

        assertThat(wheel.repair("--update-records").code()).isZero();

        assertThat(Files.readString(outside)).isEqualTo(before);
        assertThat(Files.exists(wheel.record(), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(Files.isSymbolicLink(wheel.record())).isTrue();
    }

    @Test
    void aCleanKeepsTheFilesOfARecord() throws Exception {
        CommandLineRun run = wheel.clean("--keep-records", "--foreign", "--expect", "cpython-38", "-v");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "removed: 1 file",
                        "2 files left as they are, since package records list them",
                        "listed in " + wheel.record());
        assertThat(wheel.wrongLines()).isEmpty();
        assertThat(wheel.pyc("c")).doesNotExist();
    }

    @Test
    void aCleanRemovesTheLinesOfTheFilesThatItRemoves() throws Exception {
        String[] options = {"--update-records", "--foreign", "--expect", "cpython-38", "--format", "jsonl"};
        List<String> predicted = wheel.clean(concat(options, "--dry-run")).lines();

        CommandLineRun run = wheel.clean(options);

        assertThat(run.lines()).isEqualTo(predicted);
        assertThat(run.out())
                .contains("\"outcome\":\"record-updated\",\"lines\":2")
                .doesNotContain("packaged");
        assertThat(wheel.recordText()).doesNotContain(name("a"), name("b")).contains(name("c") + ",,", "pkg/a.py");
        assertThat(wheel.wrongLines()).isEmpty();

        assertThat(wheel.undo(wheel.site()).code()).isZero();
        assertThat(wheel.recordText()).isEqualTo(before);
        assertThat(wheel.wrongLines()).isEmpty();
    }

    private static String[] concat(String[] words, String more) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = more;
        return all;
    }

    private String name(String module) {
        return String.valueOf(wheel.pyc(module).getFileName());
    }
}
