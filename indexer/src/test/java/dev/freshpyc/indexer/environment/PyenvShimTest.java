package dev.freshpyc.indexer.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A probe skips a shim of pyenv only if a single plain version name selects the interpreter. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the shims are shell scripts")
class PyenvShimTest {

    @TempDir
    private Path root = Path.of("");

    private String shim = "";

    @BeforeEach
    void makeVersions() throws IOException {
        Files.createDirectories(root.resolve("shims"));
        Files.createDirectories(root.resolve("versions/3.9.1/bin"));
        shim = Script.write(root.resolve("shims"), "python3", "exit 1");
        Script.write(root.resolve("versions/3.9.1/bin"), "python3", "exit 1");
    }

    @Test
    void theEnvironmentVariableSelectsTheVersion() {
        assertThat(programBehindShim("3.9.1"))
                .contains(root.resolve("versions/3.9.1/bin/python3").toString());
    }

    @Test
    void theVersionFileSelectsTheVersionWithoutAVariable() throws IOException {
        Files.writeString(root.resolve("version"), "3.9.1\n");
        assertThat(programBehindShim(""))
                .contains(root.resolve("versions/3.9.1/bin/python3").toString());
    }

    @Test
    void aShimWithAnyOtherSelectionIsNotSkipped() throws IOException {
        for (String version : new String[] {"3.9.1:3.8.0", "system", "3.8", "../versions/3.9.1", "3.9.1 # mine", ""}) {
            Files.writeString(root.resolve("version"), "3.9.1\n3.8.0\n");
            assertThat(programBehindShim(version)).as(version).isEmpty();
        }
    }

    @Test
    void otherProgramsAreNoShims() throws IOException {
        String pip = Script.write(root.resolve("shims"), "pip", "exit 1");
        String elsewhere = Script.write(root, "python3", "exit 1");
        Map<String, String> environment = Map.of("PYENV_ROOT", root.toString(), "PYENV_VERSION", "3.9.1");
        assertThat(PyenvShim.of(pip, environment)).isEmpty();
        assertThat(PyenvShim.of(elsewhere, environment)).isEmpty();
        assertThat(PyenvShim.of(shim, Map.of("PYENV_VERSION", "3.9.1"))).isEmpty();
    }

    private Optional<String> programBehindShim(String version) {
        return PyenvShim.of(shim, Map.of("PYENV_ROOT", root.toString(), "PYENV_VERSION", version))
                .map(PyenvShim::program);
    }
}
