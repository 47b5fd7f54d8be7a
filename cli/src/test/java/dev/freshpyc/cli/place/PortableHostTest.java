package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a host without native support, commands that only read bytecode work, and commands that write bytecode refuse in
 * one line.
 */
class PortableHostTest {

    @TempDir
    private Path directory;

    private Path lib = Path.of("");
    private Path index = Path.of("");

    @BeforeEach
    void switchNativeSupportOff() throws Exception {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        new Pairs(lib).fresh("a");
        System.setProperty(NativeSupport.PORTABLE, "true");
    }

    @AfterEach
    void switchNativeSupportOn() {
        System.clearProperty(NativeSupport.PORTABLE);
    }

    @Test
    void commandsThatOnlyReadBytecodeWork() {
        assertThat(CommandLineRun.of("audit", "--no-index", lib).out()).contains("1 pyc judged, 0 findings.");
        assertThat(CommandLineRun.of("explain", lib.resolve("a.py")).code()).isZero();
        assertThat(CommandLineRun.of("refresh", "--index", index, lib).code()).isZero();
        assertThat(CommandLineRun.of("audit", "--index", index, lib).code()).isZero();
        assertThat(CommandLineRun.of("lookup", "--index", index, lib.resolve("a.py"))
                        .out())
                .contains("cpython-311");
        assertThat(CommandLineRun.of("repair", "--dry-run", "--index", index, lib)
                        .code())
                .isZero();
    }

    @Test
    void commandsThatWriteBytecodeRefuse() throws Exception {
        Map<String, String> before = contents();

        assertThat(CommandLineRun.of("repair", "--to", "checked-hash", "--index", index, lib)
                        .complaint(3))
                .startsWith("freshpyc: repair needs Linux on x86-64 or AArch64: ");
        assertThat(CommandLineRun.of("undo", "--index", index).complaint(3))
                .startsWith("freshpyc: undo needs Linux on x86-64 or AArch64: ");
        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, String> contents() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(lib)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
