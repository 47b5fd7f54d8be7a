package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.environment.RealPythons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sources that every Python compiles: short sources with unusual syntax or encoding, and modules of the standard
 * library.
 */
final class Corpus {

    private static final int MAX_MODULES = 40;
    private static final int MAX_BYTES = 200_000;

    private static final List<String> UNUSUAL = List.of(
            "",
            "# nothing",
            "x = 1",
            "\ufeffx = u'\u00e4'\n",
            "# -*- coding: latin-1 -*-\nx = u'\u00e9'\n",
            "\"\"\"doc\r\nstring\"\"\"\r\nx = '''a\r\nb\rc'''\r\n",
            "a = 1\rb = 2\r",
            "\f\nif 1:\n\tx = 1\n\f\ty = 2\n",
            "def f(a):\n    'doc'\n    assert a, 'no'\n    return __debug__\n",
            "x = [i for i in (lambda q: {q: 1.5, 2j: -0.0})(3)]\nclass A(object):\n  'd'\n  def m(self): yield 1e999\n",
            "x = 12345678901234567890 * 3\ny = 'a' * 30\nz = b'\\xff' in {b'a', b'b'}\n",
            "import os, no_such_module\nos._exit(3)\n",
            "from __future__ import unicode_literals\nx = 'a'\n",
            "x = 'not unicode in 2.7, so nothing is inherited'\n",
            "x = '\\d'\nassert (1, 'always')\n1 is 1\nif 0: pass\n");

    private Corpus() {}

    static List<CompileRequest> of(String executable, List<OptimizationLevel> levels)
            throws IOException, InterruptedException {
        List<CompileRequest> sources = new ArrayList<>();
        for (String text : UNUSUAL) {
            boolean latin = text.contains("latin-1");
            byte[] bytes = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            RawPath name = RawPath.of("/tree/caf\u00e9 \udcff\n" + sources.size() + ".py");
            sources.add(CompileRequest.of(name.toMarshalled(), bytes, levels));
        }
        Path library = Path.of(RealPythons.output(executable, "import os; print(os.path.dirname(os.__file__))"));
        try (Stream<Path> files = Files.list(library)) {
            List<Path> modules = files.filter(file -> file.toString().endsWith(".py"))
                    .filter(file -> file.toFile().length() < MAX_BYTES)
                    .sorted()
                    .limit(MAX_MODULES)
                    .toList();
            for (Path module : modules) {
                sources.add(CompileRequest.of(RawPath.of(module.toString()), Files.readAllBytes(module), levels));
            }
        }
        return sources;
    }
}
