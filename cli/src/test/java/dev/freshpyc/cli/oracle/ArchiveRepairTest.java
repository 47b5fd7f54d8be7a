package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real zipimport loads every module of a repaired archive, and the repair changes nothing but bytecode. */
@EnabledOnOs(OS.LINUX)
class ArchiveRepairTest {

    private static final int ARCHIVES = 60;

    private static final int DAMAGES = 30;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    static List<Interpreter> interpreters() {
        List<Interpreter> pythons = Interpreters.all().stream()
                .filter(python -> python.name().startsWith("cpython 3."))
                // a repair finds only interpreters that start without a library path
                .filter(Interpreter::isInstalled)
                // before 3.8, zipimport is written in C
                .filter(python -> python.version().atLeast(3, 8))
                .toList();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no CPython is installed");
        return pythons;
    }

    @ParameterizedTest
    @MethodSource("interpreters")
    void everyModuleIsLoadedAndEveryOtherByteIsKept(Interpreter python) throws Exception {
        List<Path> archives = make(python, python.name().hashCode());

        CommandLineRun repaired = CommandLineRun.of("repair", "--to", "unchecked-hash", "--index", index(), archives);

        assertThat(repaired.err()).isEmpty();
        assertThat(repaired.code()).as(repaired.out()).isZero();
        assertThat(script(python, "check", directory)).isEmpty();
        assertThat(CommandLineRun.of(
                                "repair",
                                "--check",
                                "--to",
                                "unchecked-hash",
                                "--index",
                                index(),
                                directory.resolve("new/0.zip"))
                        .code())
                .isZero();

        assertThat(CommandLineRun.of("undo", "--index", index(), archives.getFirst())
                        .code())
                .isZero();
        assertThat(archives.getFirst()).hasSameBinaryContentAs(directory.resolve("old/0.zip"));
    }

    /**
     * Without a repair, the check of this test reports modules that are compiled again and modules with wrong code.
     */
    @Test
    void theCheckReportsAnArchiveThatIsNotRepaired() throws Exception {
        make(CompiledModule.PYTHON, 1);
        assertThat(script(CompiledModule.PYTHON, "check", directory))
                .anyMatch(line -> line.contains("compiled again"))
                .anyMatch(line -> line.contains("wrong code"));
    }

    @Test
    void aDryRunAndACheckWriteNothing() throws Exception {
        Path archive = make(CompiledModule.PYTHON, 2).getFirst();
        byte[] before = Files.readAllBytes(archive);
        CommandLineRun dry = CommandLineRun.of("repair", "--dry-run", "--index", index(), archive);
        assertThat(dry.code()).isZero();
        CommandLineRun check = CommandLineRun.of("repair", "--check", "--index", index(), archive);
        assertThat(check.code()).isIn(0, 1);
        assertThat(Files.readAllBytes(archive)).isEqualTo(before);
    }

    /** Two names stand for the same bytes, so a repair of one member would change the other. */
    @Test
    void anArchiveWhoseMembersOverlapIsLeft() throws Exception {
        Path archive = repairable();
        byte[] bytes = Files.readAllBytes(archive);
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = lastIndexOf(bytes, 0x06054b50);
        int first = numbers.getInt(end + 16);
        int second =
                first + 46 + numbers.getShort(first + 28) + numbers.getShort(first + 30) + numbers.getShort(first + 32);
        numbers.putInt(second + 42, numbers.getInt(first + 42));
        assertLeft(archive, bytes, "its members overlap");
    }

    @Test
    void anEncryptedMemberIsLeft() throws Exception {
        Path archive = repairable();
        byte[] bytes = Files.readAllBytes(archive);
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.length - 4; at++) {
            if (numbers.getInt(at) == 0x04034b50) {
                bytes[at + 6] |= 1;
            }
        }
        assertLeft(archive, bytes, "a member is encrypted");
    }

    /**
     * A repair of a damaged archive ends with a known exit code. If nothing was repaired, the archive keeps its bytes;
     * otherwise {@code undo} restores them.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedArchiveDoesNotAbortTheRun(boolean repairedBefore) throws Exception {
        Path archive = repairable();
        if (repairedBefore) {
            assertThat(repair(archive).out()).doesNotContain("restamped: 0, recompiled: 0");
        }
        byte[] whole = Files.readAllBytes(archive);
        for (int at = 0; at < whole.length; at += Math.max(whole.length / DAMAGES, 1)) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            check(archive, damaged);
            check(archive, Arrays.copyOf(whole, at));
        }
    }

    private void check(Path archive, byte[] bytes) throws IOException {
        Files.write(archive, bytes);
        CommandLineRun run = repair(archive);
        assertThat(run.code()).isIn(0, 1, 3, 4);
        if (!run.out().contains("restamped: 0, recompiled: 0")) {
            assertThat(CommandLineRun.of("undo", "--index", index(), archive).code())
                    .as(run.out())
                    .isZero();
        }
        assertThat(Files.readAllBytes(archive)).as(run.out()).isEqualTo(bytes);
    }

    private CommandLineRun repair(Path archive) {
        return CommandLineRun.of("repair", "--to", "unchecked-hash", "--index", index(), archive);
    }

    private void assertLeft(Path archive, byte[] bytes, String why) throws IOException {
        Files.write(archive, bytes);
        CommandLineRun run =
                CommandLineRun.of("repair", "--to", "unchecked-hash", "--format", "jsonl", "--index", index(), archive);
        assertThat(run.out()).contains("the archive cannot be changed: " + why);
        assertThat(run.code()).isEqualTo(1);
        assertThat(Files.readAllBytes(archive)).isEqualTo(bytes);
        assertThat(archive.toFile().getParentFile().list()).hasSize(ARCHIVES);
    }

    private Path repairable() throws IOException {
        return make(CompiledModule.PYTHON, 3).getFirst();
    }

    /** Makes archives in {@code old} and returns their copies in {@code new}. */
    private List<Path> make(Interpreter python, int seed) throws IOException {
        Files.createDirectories(directory.resolve("old"));
        Path copies = Files.createDirectories(directory.toRealPath().resolve("new"));
        script(python, "make", directory, ARCHIVES, seed);
        List<Path> made = new ArrayList<>();
        for (int number = 0; number < ARCHIVES; number++) {
            String name = number + ".zip";
            made.add(Files.copy(
                    directory.resolve("old").resolve(name), copies.resolve(name), StandardCopyOption.REPLACE_EXISTING));
        }
        return made;
    }

    private static List<String> script(Interpreter python, Object... words) {
        return python.launcher()
                .run(
                        "archive_repairs.py",
                        List.of(),
                        Arrays.stream(words).map(Object::toString).toList());
    }

    private static int lastIndexOf(byte[] bytes, int word) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.length - Integer.BYTES;
        while (numbers.getInt(at) != word) {
            at--;
        }
        return at;
    }

    private Path index() {
        return directory.resolve("index");
    }
}
