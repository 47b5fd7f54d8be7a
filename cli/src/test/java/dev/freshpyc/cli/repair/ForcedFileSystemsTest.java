package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repair forces every file system to which it wrote, so that a crash loses nothing. */
@EnabledOnOs(OS.LINUX)
class ForcedFileSystemsTest {

    private static final long SIZE = 1 << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"replace,2", "in-place,1"})
    void aFileSystemMountedBelowAnEntryIsForcedToo(String write, int times) throws Exception {
        Path lib = new MatchingTree(directory.resolve("lib")).pairs(3).root();
        Path trace = directory.resolve("trace");
        try (Mount below = Mount.of("tmpfs", lib, SIZE)) {
            new MatchingTree(below.place()).pairs(3);

            RepairChild child = RepairChild.startTraced(directory, "-y", "-e", "trace=syncfs");
            String index = directory.resolve("index").toString();
            String result = child.go(List.of(
                            "repair", "--to", "checked-hash", "--index", index, "--write", write, lib.toString()))
                    .result();
            child.kill();

            assertThat(result).isEqualTo("0");
            List<String> forced;
            try (Stream<String> calls = Files.lines(trace)) {
                forced = calls.filter(call -> call.contains("<" + lib)).toList();
            }
            assertThat(forced).hasSize(2 * times);
            assertThat(forced.stream().filter(call -> call.contains("<" + below.place())))
                    .hasSize(times);
        }
    }
}
