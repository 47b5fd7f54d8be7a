package dev.freshpyc.core.manifest;

/** Which rows of a manifest are asked for. A parser counts the other rows as good and does not decode their digests. */
@FunctionalInterface
public interface RowFilter {

    /** All rows are asked for. */
    RowFilter ALL = (_, _, _) -> true;

    /** Whether the row is asked for whose path, as the manifest spells it, is in {@code bytes} from {@code from} up to {@code to}. */
    boolean wants(byte[] bytes, int from, int to);
}
