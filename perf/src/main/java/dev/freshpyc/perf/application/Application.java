package dev.freshpyc.perf.application;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A command of Debian's Python, whose start is measured.
 *
 * @param debianPackage the package to install for it
 * @param file a file of the package, which shows that it is installed
 */
public record Application(String name, List<String> command, String debianPackage, Path file) {

    /** Debian's interpreter; another Python does not find Debian's packages. */
    public static final String PYTHON = "/usr/bin/python3";

    /** The measured applications: the interpreter alone, then from few modules to many. */
    public static final List<Application> ALL = List.of(
            new Application("python3 -c pass", List.of(PYTHON, "-c", "pass"), "python3", Path.of(PYTHON)),
            program("hg version", "mercurial", "/usr/bin/hg", "version"),
            program("django-admin version", "python3-django", "/usr/bin/django-admin", "version"),
            program("twistd --version", "python3-twisted", "/usr/bin/twistd3", "--version"),
            program("ansible --version", "ansible-core", "/usr/bin/ansible", "--version"),
            new Application(
                    "import sympy",
                    List.of(PYTHON, "-c", "import sympy"),
                    "python3-sympy",
                    Path.of("/usr/lib/python3/dist-packages/sympy/__init__.py")));

    public Application {
        command = List.copyOf(command);
    }

    private static Application program(String name, String debianPackage, String file, String argument) {
        return new Application(name, List.of(file, argument), debianPackage, Path.of(file));
    }

    public boolean isInstalled() {
        return Files.exists(file);
    }
}
