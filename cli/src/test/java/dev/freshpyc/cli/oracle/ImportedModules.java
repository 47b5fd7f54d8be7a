package dev.freshpyc.cli.oracle;

import dev.freshpyc.cli.repair.Shell;
import java.io.IOException;
import java.nio.file.Path;

/** Modules {@code m0}, {@code m1} and so on of one package, which a real interpreter imports. */
public final class ImportedModules {

    private ImportedModules() {}

    /**
     * Counts the modules that an interpreter compiles when it imports all modules. With {@code -v}, Python prints the
     * path of a compiled source without quotes and the path of loaded bytecode in quotes.
     *
     * @param python the command that starts the interpreter
     * @param site the directory of the package
     */
    public static long countCompiled(Object python, Path site, String name, int modules)
            throws IOException, InterruptedException {
        String imports = "import sys; sys.path.insert(0, sys.argv[1])\nfor i in range(%d): __import__('%s.m%%d' %% i)"
                .formatted(modules, name);
        return Shell.run(python, "-I", "-B", "-v", "-c", imports, site)
                .lines()
                .filter(line -> line.startsWith("# code object from /") && line.contains("/" + name + "/"))
                .count();
    }
}
