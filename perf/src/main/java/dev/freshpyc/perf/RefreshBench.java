package dev.freshpyc.perf;

/**
 * Measures {@code freshpyc refresh} and {@code lookup} as whole processes, and says of each claim whether it was held.
 *
 * <p>Built with the rest by {@code mvn package}, it runs on the distribution's own runtime:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.RefreshBench --large
 * }</pre>
 *
 * <p>Workload: a tree of real packages, one bytecode file for each source, all up to date, warm page cache, an index in the scratch
 * directory. In one race, so that ratios compare the same minutes:
 *
 * <ul>
 *   <li><i>first</i>: a refresh that finds no index, so it hashes every source and every body; <i>unhashed</i>, the same with
 *       {@code --stat-only}; and <i>floor</i>, a C program that does nothing but read and hash those files on two threads.
 *       The hashing is what <i>first</i> takes beyond <i>unhashed</i>; in all, what it takes beyond a refresh of an
 *       <i>empty</i> directory.
 *   <li><i>unchanged</i>: a refresh that finds an index in which everything is still true, against <i>audit</i>, which is
 *       {@code audit --no-index}.
 *   <li><i>lookup</i> of one source.
 * </ul>
 *
 * <p>Then, alone, <i>changed</i>: a refresh told of ten paths, whose sources were given other times before each run, so it
 * hashes them and publishes a new generation every time.
 */
public final class RefreshBench {

    private static final String USAGE = """
            usage: RefreshBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --tree DIR        measure on this tree, which is compiled first, and ten of its sources get other times until the
                                end; otherwise one is built and deleted again
              --pairs N         size of the tree to build (14000)
              --large           100,000 pairs, which the claims on ten paths and on the heap are about (takes about 4 GB)
              --runs N          counted rounds (11)
              --python EXE      interpreter of the tree (python3)
              --temp DIR        where to build tree and index (the system's folder for temporary files)
              --keep            leave tree and index in place
            """;

    private RefreshBench() {}

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        BenchProgram program = new BenchProgram("RefreshBench", USAGE, (scratch, options) -> {
            if (options.subject() != null) {
                throw new IllegalArgumentException("--subject is an option of AuditBench");
            }
            new RefreshBenchRun(options, scratch, System.out).run();
        });
        System.exit(program.run(words));
    }
}
