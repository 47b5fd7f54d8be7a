package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.oracle.Interpreter;
import dev.freshpyc.cli.oracle.Interpreters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real pip installs a wheel with bytecode, accepts the files after a repair, and uninstalls all of them at the end.
 */
@EnabledOnOs(OS.LINUX)
class InstalledWheelTest {

    /** A script that makes a wheel of two modules with their bytecode. One name contains a comma and a quote. */
    private static final String WHEEL = """
            import base64, csv, hashlib, io, os, py_compile, sys, zipfile
            work, tag = sys.argv[1], sys.implementation.cache_tag
            files = {'pkg/__init__.py': b'', 'pkg/plain.py': b'x = 1\\n', 'pkg/a,"b.py': b'x = 2\\n'}
            source, pyc = os.path.join(work, 's.py'), os.path.join(work, 's.pyc')
            open(source, 'wb').write(files['pkg/plain.py'])
            py_compile.compile(source, pyc, 'pkg/plain.py', True,
                               invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            files['pkg/__pycache__/plain.%s.pyc' % tag] = open(pyc, 'rb').read()
            open(source, 'wb').write(files['pkg/a,"b.py'])
            py_compile.compile(source, pyc, 'pkg/a,"b.py', True,
                               invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            files['pkg/__pycache__/a,"b.%s.pyc' % tag] = open(pyc, 'rb').read()
            info = 'pkg-1.0.dist-info/'
            files[info + 'METADATA'] = b'Metadata-Version: 2.1\\nName: pkg\\nVersion: 1.0\\n'
            files[info + 'WHEEL'] = b'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'
            text = io.StringIO()
            rows = csv.writer(text, lineterminator='\\n')
            for name, data in files.items():
                digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
                rows.writerow((name, 'sha256=' + digest, len(data)))
            rows.writerow((info + 'RECORD', '', ''))
            with zipfile.ZipFile(os.path.join(work, 'pkg-1.0-py3-none-any.whl'), 'w') as wheel:
                for name, data in files.items():
                    wheel.writestr(name, data)
                wheel.writestr(info + 'RECORD', text.getvalue())
            """;

    /**
     * A script that prints the files whose content differs from the digest or size in the RECORD, as importlib.metadata
     * reads it.
     */
    private static final String CHANGED = """
            import base64, hashlib
            from importlib.metadata import files
            for file in files('pkg'):
                if file.hash and file.name != 'RECORD':
                    digest = base64.urlsafe_b64encode(hashlib.new(file.hash.mode, file.read_binary()).digest())
                    if digest.rstrip(b'=').decode() != file.hash.value or file.size != len(file.read_binary()):
                        print(file)
            """;

    @TempDir
    private static Path shared;

    private static Path python = Path.of("");
    private static Path site = Path.of("");

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeAnEnvironment() throws Exception {
        Path venv = shared.toRealPath().resolve("venv");
        Optional<Interpreter> withPip = Interpreters.all().stream()
                .filter(Interpreter::hasFlags)
                .filter(candidate -> makesAnEnvironment(candidate, venv))
                .findFirst();
        assumeTrue(withPip.isPresent(), "NOT RUN: no interpreter with ensurepip");
        python = venv.resolve("bin/python");
        site = Path.of(Shell.run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
                .strip());
        Shell.run(python, "-c", WHEEL, shared);
    }

    @AfterEach
    void uninstall() throws Exception {
        pip("uninstall", "-y", "pkg");
        assertThat(filesOfPackage()).isEmpty();
    }

    private static boolean makesAnEnvironment(Interpreter interpreter, Path venv) {
        try {
            return Shell.succeeds(interpreter.executable(), "-m", "venv", "--clear", venv)
                    && Files.isExecutable(venv.resolve("bin/pip"));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void anUpdatedRecordMatchesTheFiles() throws Exception {
        install("--no-compile");
        assertThat(changed()).isEmpty();

        CommandLineRun run = repair("--update-records");

        assertThat(run.out()).contains("1 RECORD file brought up to date: 2 lines");
        assertThat(changed()).isEmpty();
        assertThat(pip("check")).contains("No broken requirements found");
        assertThat(pip("show", "-f", "pkg")).contains("pkg/__pycache__/plain.");
    }

    @Test
    void keptFilesStillMatchTheRecord() throws Exception {
        install("--no-compile");

        assertThat(repair("--keep-records").out()).contains("2 in-package-record");

        assertThat(changed()).isEmpty();
        assertThat(pip("check")).contains("No broken requirements found");
    }

    /**
     * By default, pip compiles over the bytecode of a wheel and lists such a file twice, once with the digest of the
     * overwritten file.
     */
    @Test
    void aRecordThatPipLeavesWrongIsCorrected() throws Exception {
        install();
        boolean wrong = !changed().isEmpty();

        CommandLineRun run = repair("--update-records");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("RECORD file brought up to date");
        assertThat(wrong).isTrue();
        assertThat(changed()).isEmpty();
    }

    private static void install(String... options) throws IOException, InterruptedException {
        Object[] words = Stream.of(
                        Stream.of(python, "-m", "pip", "install", "-q", "--no-index", "--disable-pip-version-check"),
                        Stream.of(options),
                        Stream.of(shared.resolve("pkg-1.0-py3-none-any.whl")))
                .flatMap(part -> part)
                .toArray();
        Shell.run(words);
    }

    private static String pip(String... words) throws IOException, InterruptedException {
        return Shell.run(Stream.concat(
                        Stream.of(python, "-m", "pip", "--disable-pip-version-check"), Stream.of((Object[]) words))
                .toArray());
    }

    private static String changed() throws IOException, InterruptedException {
        return Shell.run(python, "-c", CHANGED);
    }

    private static List<Path> filesOfPackage() throws IOException {
        try (Stream<Path> files = Files.list(site)) {
            return files.filter(path -> path.getFileName().toString().matches("pkg(-1.*)?"))
                    .toList();
        }
    }

    private CommandLineRun repair(String policy) {
        return CommandLineRun.of(
                "repair",
                "--to",
                "checked-hash",
                policy,
                "--exclude",
                "pip",
                "--index",
                directory.resolve("index"),
                "--python",
                python,
                site);
    }
}
