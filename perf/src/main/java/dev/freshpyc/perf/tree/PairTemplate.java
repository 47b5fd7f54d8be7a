package dev.freshpyc.perf.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Real sources with their bytecode, which are copied again and again to fill a tree of any size.
 *
 * @param pairs in an order without a pattern, so that any part of them has about the same sizes
 */
public record PairTemplate(List<Pair> pairs) {

    private static final long BLOCK = 4096;

    /** A source and its bytecode. */
    public record Pair(Path source, Path pyc, long sourceBytes, long pycBytes) {

        /** What the pair takes on disk. */
        long room() {
            return blocks(sourceBytes) + blocks(pycBytes);
        }

        private static long blocks(long bytes) {
            return (bytes + BLOCK - 1) / BLOCK * BLOCK;
        }
    }

    public PairTemplate {
        pairs = List.copyOf(pairs);
    }

    /** The pairs of a compiled tree. */
    public static PairTemplate of(PeerInterpreter python, Path tree) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (Path source : TreeFiles.ending(tree, ".py")) {
            Path pyc = python.cached(source);
            if (Files.exists(pyc)) {
                pairs.add(new Pair(source, pyc, Files.size(source), Files.size(pyc)));
            }
        }
        return shuffled(pairs);
    }

    /** The smallest pairs, as many as take at most {@code room} bytes of disk in the mean; all of them where there is room. */
    public PairTemplate within(long room) {
        List<Pair> bySize = new ArrayList<>(pairs);
        bySize.sort(Comparator.comparingLong(Pair::room));
        List<Pair> chosen = new ArrayList<>();
        long sum = 0;
        for (Pair pair : bySize) {
            sum += pair.room();
            if (sum > room * (chosen.size() + 1)) {
                break;
            }
            chosen.add(pair);
        }
        return shuffled(chosen);
    }

    /** Bytes of disk for each pair, in the mean. */
    public long meanRoom() {
        return (long) pairs.stream().mapToLong(Pair::room).average().orElse(0);
    }

    /** Bytes of a source, in the mean. */
    public double meanSource() {
        return pairs.stream().mapToLong(Pair::sourceBytes).average().orElse(0);
    }

    /** Bytes of a pyc, in the mean. */
    public double meanPyc() {
        return pairs.stream().mapToLong(Pair::pycBytes).average().orElse(0);
    }

    private static PairTemplate shuffled(List<Pair> pairs) {
        List<Pair> mixed = new ArrayList<>(pairs);
        Collections.shuffle(mixed, new Random(pairs.size()));
        return new PairTemplate(mixed);
    }
}
