package dev.freshpyc.indexer.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.site.HostSiteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpreters are searched for in every usual place, and each environment is listed once. */
class InterpreterPlacesTest {

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void resolve() throws IOException {
        directory = directory.toRealPath();
    }

    @Test
    void everyPlaceIsSearchedInOrder() throws IOException {
        program("path/python3");
        program("active/bin/python");
        program("home/.pyenv/versions/3.9.1/bin/python");
        program("home/.pyenv/shims/python3");
        program("home/.local/share/uv/python/cpython-3.12.1/bin/python3.12");
        program("home/miniconda3/bin/python");
        program("home/miniconda3/envs/one/bin/python");
        program("elsewhere/bin/python");
        Files.createDirectories(directory.resolve("home/.conda"));
        Files.writeString(directory.resolve("home/.conda/environments.txt"), directory + "/elsewhere\nrelative\n");

        List<RawPath> found = places(Map.of(
                        "PATH", directory + "/home/.pyenv/shims:" + directory + "/path:relative:",
                        "HOME", directory + "/home",
                        "VIRTUAL_ENV", directory + "/active"))
                .all();

        assertThat(found.stream().filter(path -> path.toPython().startsWith(directory.toString())))
                .extracting(RawPath::toPython)
                .containsExactly(
                        directory + "/path/python3",
                        directory + "/active/bin/python",
                        directory + "/home/.pyenv/versions/3.9.1/bin/python",
                        directory + "/home/.local/share/uv/python/cpython-3.12.1/bin/python3.12",
                        directory + "/home/miniconda3/bin/python",
                        directory + "/home/miniconda3/envs/one/bin/python",
                        directory + "/elsewhere/bin/python");
    }

    @Test
    void aProgramWithManyNamesIsListedOnceForEachEnvironment() throws IOException {
        Path python = program("path/python3.11");
        Files.createSymbolicLink(directory.resolve("path/python3"), python);
        Files.createSymbolicLink(directory.resolve("path/python"), Path.of("python3"));
        Files.createDirectories(directory.resolve("venv/bin"));
        Files.writeString(directory.resolve("venv/pyvenv.cfg"), "");
        Files.createSymbolicLink(directory.resolve("venv/bin/python"), python);
        Files.createSymbolicLink(directory.resolve("venv/bin/python3"), python);

        assertThat(places(Map.of("PATH", directory + "/path:" + directory + "/venv/bin"))
                        .all())
                .extracting(RawPath::toPython)
                .filteredOn(name -> name.startsWith(directory.toString()))
                .containsExactly(directory + "/path/python", directory + "/venv/bin/python");
    }

    @Test
    void otherProgramsAreNoInterpreters() throws IOException {
        program("path/python-config");
        program("path/python3.11-config");
        program("path/pythonw");
        Files.createDirectories(directory.resolve("path/python3"));

        assertThat(places(Map.of("PATH", directory + "/path")).all())
                .extracting(RawPath::toPython)
                .filteredOn(name -> name.startsWith(directory.toString()))
                .isEmpty();
    }

    private InterpreterPlaces places(Map<String, String> environment) {
        return new InterpreterPlaces(new HostSiteFiles(Optional.empty()), environment);
    }

    private Path program(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
