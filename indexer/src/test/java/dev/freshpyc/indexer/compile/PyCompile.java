package dev.freshpyc.indexer.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.environment.RealPythons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Compares bodies with the bodies that Python's own {@code py_compile} writes. */
record PyCompile(String executable, Path directory) {

    /**
     * Compares all attributes of all code objects, including the types of constants, and prints the number of each
     * source whose code differs.
     */
    private static final String SCRIPT = """
            import marshal, py_compile, sys, binascii

            def describe(value):
                if type(value) is type(compile('', '', 'exec')):
                    names = [n for n in dir(value) if n.startswith('co_') and not callable(getattr(value, n))]
                    return [(n, describe(getattr(value, n))) for n in names]
                if type(value) in (tuple, list):
                    return (type(value).__name__, [describe(v) for v in value])
                if type(value) is frozenset:
                    return sorted(repr(describe(v)) for v in value)
                return (type(value).__name__, repr(value))

            def unhex(text):
                name = binascii.unhexlify(text.encode('ascii'))
                return name if str is bytes else name.decode('utf-8', 'surrogatepass')

            root, level = sys.argv[1], int(sys.argv[2])
            optimize = {} if sys.version_info < (3, 2) else {'optimize': level}
            header = 16 if sys.version_info >= (3, 7) else 12 if sys.version_info >= (3, 3) else 8
            for line in open(root + '/list'):
                number, name = line.split()
                base = root + '/' + number
                py_compile.compile(base + '.py', base + '.pyc', unhex(name), True, **optimize)
                with open(base + '.pyc', 'rb') as theirs, open(base + '.body', 'rb') as ours:
                    theirs.seek(header)
                    expected, got = theirs.read(), ours.read()
                if describe(marshal.loads(expected)) != describe(marshal.loads(got)):
                    print(number)
            print('end')
            """;

    /** A request and the bodies that the pool returned. */
    record Sample(CompileRequest request, Map<OptimizationLevel, byte[]> bodies) {}

    /** Fails unless each body holds the code that {@code py_compile} compiles from the source. */
    void assertSame(List<Sample> samples, OptimizationLevel level) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory(directory, "compare");
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            list.append(i)
                    .append(' ')
                    .append(HexFormat.of().formatHex(sample.request().name().toBytes()))
                    .append('\n');
            Files.write(root.resolve(i + ".py"), sample.request().source());
            Files.write(root.resolve(i + ".body"), sample.bodies().getOrDefault(level, new byte[0]));
        }
        Files.writeString(root.resolve("list"), list);
        Path script = Files.writeString(root.resolve("compare"), SCRIPT);
        int number = CompileRequest.number(level);
        String run = "import sys; sys.argv = ['', %s, '%d']; exec(open(%s).read())"
                .formatted(python(root), number, python(script));
        List<String> options = number == 0 ? List.of() : List.of(number == 1 ? "-O" : "-OO");

        assertThat(RealPythons.output(executable, options, run))
                .as("numbers of sources with different code at level " + number)
                .isEqualTo("end");
    }

    private static String python(Path path) {
        return "'" + path + "'";
    }
}
