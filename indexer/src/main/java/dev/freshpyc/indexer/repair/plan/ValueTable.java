package dev.freshpyc.indexer.repair.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the few values that many planned files share. Thread-safe.
 *
 * @param <T> the values
 */
final class ValueTable<T> {

    private final List<T> values = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();

    /** The number of a value, which stays the same. */
    synchronized int number(T value) {
        @Nullable Integer known = numbers.get(value);
        if (known == null) {
            known = values.size();
            values.add(value);
            numbers.put(value, known);
        }
        return known;
    }

    /** The value of a number. */
    synchronized T value(int number) {
        return values.get(number);
    }
}
