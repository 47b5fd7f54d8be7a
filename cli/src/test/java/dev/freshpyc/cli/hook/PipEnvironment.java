package dev.freshpyc.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A virtual environment with the pip of {@code ensurepip}, and wheels and projects for the environment.
 *
 * @param directory holds the environment and the wheels
 */
record PipEnvironment(Path directory, Map<String, String> variables) {

    /** A build backend that uses only the standard library. It builds an editable wheel with a {@code .pth} file. */
    private static final String BACKEND = """
            import os
            import zipfile


            def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
                name = 'here-1.0-py3-none-any.whl'
                with zipfile.ZipFile(os.path.join(wheel_directory, name), 'w') as wheel:
                    wheel.writestr('here.pth', os.path.join(os.getcwd(), 'src') + '\\n')
                    wheel.writestr('here-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: here\\nVersion: 1.0\\n')
                    wheel.writestr('here-1.0.dist-info/WHEEL',
                                   'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
                    wheel.writestr('here-1.0.dist-info/RECORD',
                                   'here.pth,,\\nhere-1.0.dist-info/METADATA,,\\nhere-1.0.dist-info/WHEEL,,\\n'
                                   'here-1.0.dist-info/RECORD,,\\n')
                return name
            """;

    private static final String LIBRARY_SIZE = """
            import os
            print(sum(len(files) for _, _, files in os.walk(os.path.dirname(os.__file__))))
            """;

    private static final String WHEEL_OF_PIP = """
            import ensurepip, glob, os
            bundled = os.path.join(os.path.dirname(ensurepip.__file__), '_bundled')
            print([wheel for place in (bundled, '/usr/share/python-wheels') for wheel in glob.glob(place + '/pip-*.whl')][0])
            """;

    /**
     * Makes the environment as a copy of a model, because {@code ensurepip} takes seconds. Skips the test if no
     * interpreter can make the model.
     *
     * @param model the directory of the model; the first call makes the model
     */
    static PipEnvironment in(Path directory, Path model, Map<String, String> variables) throws Exception {
        PipEnvironment made = new PipEnvironment(directory, variables);
        if (Files.notExists(model)) {
            Optional<Path> python = python();
            assumeTrue(python.isPresent(), "NOT RUN: no interpreter makes an environment with pip");
            Shell.run(python.get(), "-I", "-m", "venv", model);
        }
        Shell.run("cp", "-a", model, made.home());
        Shell.run("sh", "-c", "sed -i \"s|$0|$1|g\" \"$1\"/bin/pip* \"$1\"/bin/activate*", model, made.home());
        return made;
    }

    /** The interpreter with the smallest library, because each test makes indexes of the library. */
    private static Optional<Path> python() throws IOException, InterruptedException {
        NavigableMap<Integer, Path> bySize = new TreeMap<>();
        for (Interpreter interpreter : Interpreters.all()) {
            Path python = interpreter.executable();
            if (interpreter.isInstalled()
                    && interpreter.name().startsWith("cpython")
                    && Shell.succeeds(
                            python, "-I", "-c", "import venv, ensurepip, sys; sys.exit(sys.version_info < (3, 8))")) {
                bySize.putIfAbsent(
                        Integer.parseInt(
                                Shell.run(python, "-I", "-c", LIBRARY_SIZE).strip()),
                        python);
            }
        }
        return bySize.values().stream().findFirst();
    }

    /** The wheel from which {@code ensurepip} installs pip. Debian has its wheels in one directory for all versions. */
    String wheelOfPip() throws IOException, InterruptedException {
        return Shell.run(home().resolve("bin/python"), "-I", "-c", WHEEL_OF_PIP).strip();
    }

    Path home() {
        return directory.resolve("an environment");
    }

    Path site() throws IOException {
        try (Stream<Path> libraries = Files.list(home().resolve("lib"))) {
            return libraries.findFirst().orElseThrow().resolve("site-packages");
        }
    }

    /** Runs pip through its script, as a user does, and returns the exit code. */
    int pip(String... words) throws IOException, InterruptedException {
        return run(home().resolve("bin/pip"), words);
    }

    /** Runs pip through another path, in the directory that holds the environment, and returns the exit code. */
    int run(Path pip, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(pip.toString(), "--no-input"));
        command.addAll(List.of(words));
        if (words[0].equals("install")) {
            command.addAll(List.of("--no-index", "--no-deps", "--disable-pip-version-check"));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertThat(printed).as("%s", command).doesNotContain("freshpyc.dev", "Traceback", "broken");
        return code;
    }

    /** Makes a wheel of a package with the named modules. */
    String wheel(String name, String version, String... modules) throws IOException {
        Path folder = Files.createTempDirectory(directory, "wheel");
        Path file = folder.resolve(name + "-" + version + "-py3-none-any.whl");
        String info = name + "-" + version + ".dist-info/";
        StringBuilder record = new StringBuilder(info + "RECORD,,\n");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String module : modules) {
                put(zip, record, name + "/" + module, "version = " + version + "\n");
            }
            put(
                    zip,
                    record,
                    info + "METADATA",
                    "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
            put(zip, record, info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            zip.putNextEntry(new ZipEntry(info + "RECORD"));
            zip.write(record.toString().getBytes(StandardCharsets.UTF_8));
        }
        return file.toString();
    }

    /** Makes a project that {@code pip install --editable} accepts. */
    Path project() throws IOException {
        Path project = Files.createDirectory(directory.resolve("project"));
        Files.writeString(Files.createDirectories(project.resolve("src")).resolve("here.py"), "here = 1\n");
        Files.writeString(project.resolve("backend.py"), BACKEND);
        Files.writeString(project.resolve("pyproject.toml"), """
                [build-system]
                requires = []
                build-backend = "backend"
                backend-path = ["."]
                [project]
                name = "here"
                version = "1.0"
                """);
        return project;
    }

    private static void put(ZipOutputStream zip, StringBuilder record, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        record.append(name).append(",,\n");
    }
}
