package dev.freshpyc.perf;

/**
 * Measures {@code freshpyc repair --to unchecked-hash} as a whole process, and says of each claim whether it was held.
 *
 * <p>Built with the rest by {@code mvn package}, it runs on the distribution's own runtime:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.RepairBench
 * }</pre>
 *
 * <p>Workload: a tree of real packages whose index is up to date, all bytecode with timestamps before every run. In one race:
 *
 * <ul>
 *   <li><i>replace</i> and <i>in-place</i>, with durability {@code batch}, of a tree whose contents an earlier repair has seen:
 *       the index knows that its bodies are whole, and its sources' hashes; <i>each</i> and <i>none</i> replace with another one;
 *   <li><i>first</i> and <i>first in place</i>, the same with an index that nothing but {@code refresh} has made;
 *   <li><i>floor</i>, a C program that reads and hashes the sources, copies, patches, syncs and renames, on one thread; and
 *       <i>in-place floor</i>, the same writing the headers where they are;
 *   <li><i>compileall</i> with {@code -f -j2 --invalidation-mode unchecked-hash}, which is how the same headers are made today.
 * </ul>
 *
 * <p>Then, alone, <i>recompile</i>: every body is damaged before each run, against <i>compileall</i> once more.
 */
public final class RepairBench {

    private static final String USAGE = """
            usage: RepairBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --pairs N         size of the tree to build (14000)
              --runs N          counted rounds (11)
              --python EXE      interpreter of the tree (python3)
              --temp DIR        where to build tree and index (the system's folder for temporary files)
              --keep            leave tree and index in place
            """;

    private RepairBench() {}

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        BenchProgram program = new BenchProgram("RepairBench", USAGE, (scratch, options) -> {
            if (options.subject() != null || options.tree() != null || options.large()) {
                throw new IllegalArgumentException("--subject, --tree and --large are options of other benches");
            }
            new RepairBenchRun(options, scratch, System.out).run();
        });
        System.exit(program.run(words));
    }
}
