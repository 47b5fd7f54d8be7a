package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Trials;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures what proofs by content and verification cost and save, as whole processes, and says of each claim whether it was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.ProofBench
 * }</pre>
 *
 * <p>Workload: a tree of real packages, compiled where it lies, so that a refresh proves all of it; and a copy with new times, of
 * which every pyc is stale for its interpreter. In turns:
 *
 * <ul>
 *   <li><i>first</i>: a refresh of the tree without an index; <i>no proofs</i>: the same with {@code --max-proofs 0};
 *   <li><i>copy first</i>: a refresh of the copy, with neither index nor proofs;
 *   <li><i>copy audit</i>: an audit of the copy with the proofs of the tree, which reads all of it;
 *   <li><i>copy repair</i>: a repair of the copy to unchecked hashes with these proofs, durability {@code batch};
 *   <li><i>compileall</i> with {@code -f -j2 --invalidation-mode unchecked-hash} on the copy;
 *   <li><i>verify</i>: {@code audit --verify} of the tree where nothing is known, and <i>again</i> where the index knows
 *       all of it and all was verified;
 *   <li><i>unchanged</i>: a refresh of the tree that finds no change.
 * </ul>
 */
public final class ProofBench {

    /** Exit code of a repair that leaves nothing unrepaired. */
    private static final Set<Integer> WORKED = Set.of(0);

    private static final String USAGE = """
            usage: ProofBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --pairs N         size of the tree to build (14000)
              --runs N          counted rounds (11); what takes seconds runs less often
              --python EXE      interpreter of the tree (python3)
              --temp DIR        where to build trees and indexes (the system's folder for temporary files)
              --keep            leave trees and indexes in place
            """;

    private final BenchRun run;
    private final FreshpycCommands freshpyc;

    private ProofBench(BenchRun run) {
        this.run = run;
        this.freshpyc = run.freshpyc();
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("ProofBench", USAGE, ProofBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new ProofBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        BenchOptions options = run.options();
        options.requireBuiltTree();
        run.printHeader(freshpyc.requiredVersion(run.processes()), run.pythonVersion());
        Path root = tree(options.pairs());
        Path index = run.scratch().resolve("index");
        run.output(freshpyc.refresh(index, root.toString()));
        run.printTree(root);
        long bytes = bytesOfProofs(index);
        ProofFigures figures = new ProofFigures(options.pairs(), bytes, measured(contenders(root, index)));
        run.printFigures(figures);
        run.printClaims(figures.claims());
    }

    /** Measures all contenders in turns; those that take seconds run less often. */
    private List<Series> measured(List<Contender> contenders) throws IOException, InterruptedException {
        List<Series> all = new ArrayList<>();
        for (Trials.TrialResult result : run.trials(contenders)) {
            switch (result) {
                case Trials.Measured(Series series) -> all.add(series);
                case Trials.Failed(String line) -> throw new IOException(line);
            }
        }
        return all;
    }

    /** A tree that the interpreter compiled where it lies, after its sources were written. */
    private Path tree(int pairs) throws IOException, InterruptedException {
        BenchTree tree = run.newTree();
        tree.growTo(pairs);
        for (Path pyc : TreeFiles.ending(tree.root(), ".pyc")) {
            Files.delete(pyc);
        }
        run.compileGiven(tree.root());
        Thread.sleep(BenchRun.SETTLED);
        return tree.root();
    }

    private List<Contender> contenders(Path root, Path index) throws IOException, InterruptedException {
        Path fresh = run.scratch().resolve("fresh-index");
        Path copy = run.scratch().resolve("copy");
        Path repaired = run.scratch().resolve("repaired");
        Path used = run.scratch().resolve("used-index");
        Path verified = run.scratch().resolve("verified-index");
        run.output(freshpyc.refresh(verified, root.toString()));
        run.output(freshpyc.verify(verified, root));
        copy(root, copy);
        Thread.sleep(BenchRun.SETTLED);
        Contender.Preparation anew = () -> BenchTree.delete(fresh);
        return List.of(
                new Contender("first", freshpyc.refresh(fresh, "--max-size", "0", root.toString()), WORKED, anew),
                new Contender(
                        "no proofs",
                        freshpyc.refresh(fresh, "--max-size", "0", "--max-proofs", "0", root.toString()),
                        WORKED,
                        anew),
                new Contender("copy first", freshpyc.refresh(fresh, "--max-size", "0", copy.toString()), WORKED, anew),
                new Contender("copy audit", freshpyc.audit(index, copy), WORKED),
                new Contender("copy repair", freshpyc.repair(used, repaired), WORKED, () -> {
                    copy(root, repaired);
                    copy(index, used);
                    run.output(List.of("sync"));
                }),
                new Contender("compileall", run.python().withUncheckedHashes(repaired), WORKED),
                new Contender("verify", freshpyc.verify(fresh, root), WORKED, anew),
                new Contender("again", freshpyc.verify(verified, root), WORKED),
                new Contender("unchanged", freshpyc.refresh(index, root.toString()), WORKED));
    }

    /** Replaces {@code to} with a copy of {@code from}, whose files get new times. */
    private void copy(Path from, Path to) throws IOException, InterruptedException {
        BenchTree.delete(to);
        run.output(List.of("cp", "-r", from.toString(), to.toString()));
    }

    private static long bytesOfProofs(Path index) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(index)) {
            for (Path file :
                    (Iterable<Path>) files.filter(file -> file.toString().endsWith(".table"))::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
