package dev.freshpyc.indexer.repair.outcome;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The first few of many values in an order, so that every run keeps the same ones. Values that compare as equal are kept once.
 *
 * @param <T> the values
 */
final class FirstInOrder<T> {

    private final int limit;
    private final TreeSet<T> kept;

    FirstInOrder(int limit, Comparator<T> order) {
        this.limit = limit;
        this.kept = new TreeSet<>(order);
    }

    void add(T value) {
        kept.add(value);
        if (kept.size() > limit) {
            kept.pollLast();
        }
    }

    List<T> list() {
        return List.copyOf(kept);
    }
}
