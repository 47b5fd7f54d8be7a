package dev.freshpyc.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code serve --config FILE} reads options and paths from a file. */
class ConfigFileTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void optionsAndPathsAreReadFromTheFile() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        new Pairs(lib).fresh("m");
        Path index = directory.resolve("index");
        Path file = config("# by the operator\n\nindex = " + index + "\nonce\npath = " + lib + "\n");

        assertThat(CommandLineRun.of("serve", "--config", file).code()).isZero();

        assertThat(CommandLineRun.of("status", "--index", index).out()).contains(lib.toString());
    }

    @Test
    void theCommandLineOverridesTheFile() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Path wanted = directory.resolve("wanted");
        Path other = directory.resolve("other");
        Path file = config("index = " + other + "\nonce\n");

        assertThat(CommandLineRun.of("serve", "--config=" + file, "--index", wanted, lib)
                        .code())
                .isZero();

        assertThat(wanted).exists();
        assertThat(other).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lisen = 127.0.0.1:1 | line 1: the command has no option '--lisen'",
                "listen | line 1: 'listen' needs a value",
                "once = yes | line 1: 'once' takes no value",
                "config = other | line 1: the command has no option '--config'",
                "path | line 1: 'path' needs a path",
                "path = --once | line 1: 'path' needs a path"
            })
    void aWrongLineIsNamed(String line, String complaint) throws IOException {
        Path file = config(line + "\n");

        assertThat(CommandLineRun.of("serve", "--config", file).complaint(2))
                .contains("--config " + file + ": " + complaint);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(CommandLineRun.of("serve", "--config", directory.resolve("absent"))
                        .complaint(2))
                .contains("absent: it cannot be read");
    }

    private Path config(String text) throws IOException {
        return Files.writeString(directory.resolve("serve.conf"), text);
    }
}
