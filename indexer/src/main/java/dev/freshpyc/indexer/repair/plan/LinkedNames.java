package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import java.util.Arrays;

/**
 * The names of planned pycs whose files have several names. Each name is kept as a hash of its file, in eight bytes, since a tree may
 * have a million names. Two files with one hash are taken for one file, with a chance of one in ten million: then the forecast of a
 * dry run is wrong for these files, while a repair counts the names again when it has opened the files.
 */
final class LinkedNames {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final long NOTHING = -1;

    private long[] files = new long[16];
    private int count;

    /**
     * For each of {@code files}, the position of a name that waits for the other names of its file, or {@link #NOTHING}. Empty until
     * a name waits.
     */
    private long[] positions = {};

    private int[] numbers = {};

    /** Adds a name of a file. */
    synchronized void add(FileStamp stamp) {
        add(hash(stamp));
    }

    private void add(long file) {
        if (count == files.length) {
            files = Arrays.copyOf(files, count + (count >> 1));
        }
        files[count++] = file;
    }

    /** Must be called when all names are added and before one is asked for. */
    synchronized void sort() {
        Arrays.sort(files, 0, count);
    }

    /** How many planned names lead to a file. */
    int planned(FileStamp stamp) {
        long file = hash(stamp);
        return end(file) - begin(file);
    }

    /** Lets a name wait until all names of its file are visited. No more names of a file can wait than were added. */
    void wait(FileStamp stamp, int number, long position) {
        if (positions.length == 0) {
            positions = new long[count];
            Arrays.fill(positions, NOTHING);
            numbers = new int[count];
        }
        long file = hash(stamp);
        int free = firstFree(begin(file), end(file));
        positions[free] = position;
        numbers[free] = number;
    }

    /** Whether any name waits. */
    boolean anyWaits() {
        return positions.length > 0;
    }

    /** Is shown the waiting names of one file. */
    interface Visitor {
        void visit(int number, long position);
    }

    /**
     * Shows the waiting names of the first file at or behind the index {@code from}; returns the index behind these names, or -1 where
     * no name waits any more.
     */
    int visit(int from, Visitor visitor) {
        int at = from;
        while (at < positions.length && positions[at] == NOTHING) {
            at++;
        }
        if (at >= positions.length) {
            return -1;
        }
        int end = end(files[at]);
        for (int i = at; i < end && positions[i] != NOTHING; i++) {
            visitor.visit(numbers[i], positions[i]);
        }
        return end;
    }

    /** The first free place among those of one file, which are filled from the left. */
    private int firstFree(int begin, int end) {
        int low = begin;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (positions[middle] == NOTHING) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int begin(long file) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (files[middle] < file) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int end(long file) {
        return file == Long.MAX_VALUE ? count : begin(file + 1);
    }

    private static long hash(FileStamp stamp) {
        long hash = (stamp.device() * MULTIPLIER) ^ stamp.inode();
        hash = (hash ^ (hash >>> 32)) * MULTIPLIER;
        return hash ^ (hash >>> 29);
    }
}
