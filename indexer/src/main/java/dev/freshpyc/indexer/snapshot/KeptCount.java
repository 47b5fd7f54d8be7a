package dev.freshpyc.indexer.snapshot;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the pycs that a snapshot keeps, and their bytes, by the method of keeping. */
public final class KeptCount {

    /** How a pyc is kept, the cheapest way first. */
    public enum Method {
        /** As a clone, which shares its blocks with the pyc of the tree until one of the two is changed. */
        CLONED,
        /** As a hard link of the file that an earlier snapshot kept. */
        LINKED,
        /** As a copy. */
        COPIED;

        /** The word in reports. */
        public String label() {
            return toString().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Method, Long> files = new EnumMap<>(Method.class);
    private final Map<Method, Long> bytes = new EnumMap<>(Method.class);

    void add(Method method, long moreFiles, long moreBytes) {
        files.merge(method, moreFiles, Long::sum);
        bytes.merge(method, moreBytes, Long::sum);
    }

    public long files(Method method) {
        return files.getOrDefault(method, 0L);
    }

    /** The bytes of the pycs that were kept by a method, whether or not they share their blocks with other files. */
    public long bytes(Method method) {
        return bytes.getOrDefault(method, 0L);
    }

    /** How many pycs are kept. */
    public long files() {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }
}
