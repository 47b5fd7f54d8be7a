package dev.freshpyc.cli.render;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Hands out rows in their order. */
@FunctionalInterface
interface RowSource<E extends Comparable<? super E>> {

    /** The next row; null at the end. */
    @Nullable
    SortedRow<E> next() throws IOException;

    /** The rows of all sources in one order; of equal rows, those of an earlier source come first. */
    static <E extends Comparable<? super E>> RowSource<E> merged(List<? extends RowSource<E>> sources)
            throws IOException {
        Comparator<Head<E>> order = Comparator.comparing((Head<E> head) -> head.row, SortedRow.order());
        PriorityQueue<Head<E>> heads = new PriorityQueue<>(order.thenComparingInt(Head::number));
        for (int i = 0; i < sources.size(); i++) {
            Head.of(sources.get(i), i, heads);
        }
        return () -> {
            Head<E> first = heads.poll();
            if (first == null) {
                return null;
            }
            Head.of(first.source, first.number, heads);
            return first.row;
        };
    }

    /** The first row of a source that was not handed out yet. */
    record Head<E extends Comparable<? super E>>(SortedRow<E> row, RowSource<E> source, int number) {

        private static <E extends Comparable<? super E>> void of(
                RowSource<E> source, int number, PriorityQueue<Head<E>> heads) throws IOException {
            SortedRow<E> row = source.next();
            if (row != null) {
                heads.add(new Head<>(row, source, number));
            }
        }
    }
}
