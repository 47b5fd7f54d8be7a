package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.ChangedSources;
import dev.freshpyc.perf.tree.GrownTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A tree of one size with an index of its own, and the commands that are measured on them.
 *
 * @param changed the ten sources of {@code refresh --changed-from}
 */
record GrowthSubject(BenchRun run, GrownTree tree, Path index, ChangedSources changed) {

    private static final int CHANGED = 10;

    /** Exit code of a command that did everything. Code 3 would be a failure: the trees have no unreadable paths. */
    private static final Set<Integer> WORKED = Set.of(0);

    static GrowthSubject of(BenchRun run, GrownTree tree) throws IOException {
        Path index = run.scratch().resolve("index-" + tree.pairs());
        Path list = run.scratch().resolve("changed-" + tree.pairs());
        return new GrowthSubject(run, tree, index, ChangedSources.of(tree.sources(CHANGED), list));
    }

    int pairs() {
        return tree.pairs();
    }

    /** The contender of a work. */
    Contender contender(GrowthWork work) {
        return new Contender(work.label(), command(work), WORKED, preparation(work));
    }

    /** Ends the bench if the index calls a pair unproven: a repair would compile the pair, and measure the interpreter. */
    void requireProven() throws IOException, InterruptedException {
        String status = run.output(run.freshpyc().status(index));
        if (status.contains("unproven")) {
            throw new IOException("the pairs of the tree are not proven: " + status.strip());
        }
    }

    /** Bytes of the files of the index. */
    long indexBytes() throws IOException {
        if (Files.notExists(index)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> files = Files.walk(index)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private List<String> command(GrowthWork work) {
        FreshpycCommands freshpyc = run.freshpyc();
        Path root = tree.root();
        return switch (work) {
            case AUDIT -> freshpyc.audit(root);
            case FIRST, UNCHANGED -> freshpyc.refresh(index, "--max-size", "0", root.toString());
            case INDEXED -> freshpyc.audit(index, root);
            case REPAIR -> freshpyc.repair(index, root);
            case UNDO -> freshpyc.undo(index, root);
            case LOOKUP -> freshpyc.lookup(index, tree.source(pairs() / 2));
            case STATUS -> freshpyc.status(index);
            case CHANGED ->
                freshpyc.refresh(index, "--changed-from", changed.list().toString(), root.toString());
        };
    }

    private Contender.Preparation preparation(GrowthWork work) {
        return switch (work) {
            case FIRST -> () -> BenchTree.delete(index);
            case REPAIR -> () -> setRepaired(false);
            case UNDO -> () -> setRepaired(true);
            case CHANGED -> changed::change;
            case AUDIT, UNCHANGED, INDEXED, LOOKUP, STATUS -> () -> {};
        };
    }

    /** Repairs the tree or undoes its repair, unless it is in the wanted state already, and waits for the disk. */
    private void setRepaired(boolean wanted) throws IOException, InterruptedException {
        if (isRepaired() != wanted) {
            run.output(command(wanted ? GrowthWork.REPAIR : GrowthWork.UNDO));
        }
        run.output(List.of("sync"));
    }

    /** Whether the header of the last pyc, which every run reaches late, holds a hash. */
    private boolean isRepaired() throws IOException {
        try (var bytes = Files.newInputStream(tree.pyc(pairs() - 1))) {
            return bytes.readNBytes(5)[4] != 0;
        }
    }
}
