package dev.freshpyc.perf;

import dev.freshpyc.perf.PackageLists.Kind;
import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.tree.BenchTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures what the hooks of dpkg and pip add to the install of one package, and says of each claim whether it was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.HookBench --pairs 50000
 * }</pre>
 *
 * <p>Workload: a tree of real packages, one pyc for each source, and the lists of the package manager (dpkg's list and md5sums;
 * a RECORD with digests), which name {@value #FILES} sources each. Before each run, the sources of one package get other mtimes and its lists are written anew, as an upgrade
 * does. Measured is the hook alone: the script, the processes that it starts, and the refresh. Instead of pip itself, a script that
 * ends at once runs. The uncounted first run makes the index. A hook hides its failures from the installer; so in the end the index must
 * know the change, or the bench fails.
 */
public final class HookBench {

    /** Sources of the package that is installed. */
    static final int FILES = 100;

    /** The size of the tree that the claims are about. */
    static final int PAIRS = 50_000;

    private static final Set<Integer> ENDED = Set.of(0);

    private static final String USAGE = """
            usage: HookBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --pairs N         size of the tree to build (14000)
              --runs N          counted rounds (11)
              --python EXE      interpreter of the tree (python3)
              --temp DIR        where to build tree and index (the system's folder for temporary files)
              --keep            leave tree and index in place
            """;

    private final BenchRun run;
    private final String launcher;

    private HookBench(BenchRun run) {
        this.run = run;
        this.launcher = run.options().freshpyc().toAbsolutePath().toString();
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("HookBench", USAGE, HookBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new HookBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        run.options().requireBuiltTree();
        run.printHeader(run.freshpyc().requiredVersion(run.processes()), run.pythonVersion());
        BenchTree built = run.newTree();
        built.growTo(run.options().pairs());
        run.printTree(built.root());
        Path root = run.scratch().resolve("root");
        Path site = Files.createDirectories(root.resolve("usr/lib/python3")).resolve("dist-packages");
        Series dpkg = dpkg(root, Files.move(built.root(), site));
        Series pip = pip(site);
        HookFigures figures = new HookFigures(run.options().pairs(), List.of(dpkg, pip));
        run.printFigures(figures);
        run.printClaims(figures.claims());
    }

    private Series dpkg(Path root, Path site) throws IOException, InterruptedException {
        Path info = Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        Files.createDirectories(root.resolve("var/log"));
        Files.createDirectories(root.resolve("etc/apt/apt.conf.d"));
        run.output(List.of(launcher, "hook", "install", "dpkg", "--root", root.toString()));
        PackageLists lists = PackageLists.of(
                site,
                FILES,
                List.of(
                        new Kind(number -> info.resolve("p" + number + ".list"), file -> "/" + root.relativize(file)),
                        new Kind(
                                number -> info.resolve("p" + number + ".md5sums"),
                                file -> PackageLists.md5sumsLine(root, file))));
        Series hook = measure(
                "dpkg",
                lists,
                "DPKG_ROOT=" + root,
                "sh",
                root.resolve("var/lib/freshpyc/hook-dpkg").toString());
        List<String> lookup = new ArrayList<>(run.freshpyc()
                .lookup(
                        root.resolve("var/cache/freshpyc"),
                        Path.of("/").resolve(root.relativize(lists.sources().any()))));
        lookup.addAll(List.of("--root", root.toString()));
        requireChangeSeen(lookup);
        return hook;
    }

    private Series pip(Path tree) throws IOException, InterruptedException {
        Path home = run.scratch().resolve("environment");
        run.output(List.of(run.python().executable(), "-I", "-m", "venv", "--without-pip", home.toString()));
        Path python = home.resolve("bin/python");
        Path site = Path.of(run.output(List.of(
                        python.toString(), "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
                .strip());
        BenchTree.delete(site);
        Files.move(tree, site);
        Path pip = home.resolve("bin/pip");
        Files.writeString(pip, "#!/bin/sh\nexit 0\n");
        if (!pip.toFile().setExecutable(true)) {
            throw new IOException(pip + " cannot be made executable");
        }
        run.output(List.of(launcher, "hook", "install", "pip", "--venv", home.toString()));
        PackageLists lists = PackageLists.of(
                site,
                FILES,
                List.of(new Kind(
                        number -> site.resolve("p" + number + "-1.dist-info/RECORD"),
                        file -> PackageLists.recordLine(site, file))));
        Path index = run.scratch().resolve("index");
        Series hook = measure("pip", lists, "FRESHPYC_INDEX=" + index, pip.toString(), "install");
        requireChangeSeen(run.freshpyc().lookup(index, lists.sources().any()));
        return hook;
    }

    /** Looks a changed source up, whose pyc is fresh in the index of a hook that has not run. */
    private void requireChangeSeen(List<String> lookup) throws IOException, InterruptedException {
        String answer = run.output(lookup);
        if (answer.contains(" fresh (")) {
            throw new IOException("the hook has not refreshed the index, which says: " + answer.strip());
        }
    }

    private Series measure(String name, PackageLists lists, String variable, String... command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("env", "FRESHPYC_PROGRAM=" + launcher, variable));
        words.addAll(List.of(command));
        return run.race(List.of(new Contender(name, words, ENDED, lists::change)))
                .getFirst();
    }
}
