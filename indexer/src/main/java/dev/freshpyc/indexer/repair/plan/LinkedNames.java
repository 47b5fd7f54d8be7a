package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import java.util.Arrays;

/**
 * The planned pycs that have several names, as a hash of the file each leads to: eight bytes a name, since a tree may have a
 * million. Two files with one hash would be taken for one, which has a chance of one in ten million and makes the forecast of a
 * dry run wrong for them; the repair itself counts the names again when it has opened the files.
 */
final class LinkedNames {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final long NOTHING = -1;

    private long[] files = new long[16];
    private int count;

    /** For each of {@code files}: a name that waits for others of its file, or {@link #NOTHING}; made with the first of them. */
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

    /** Ends the adding: before, no name can be found. */
    synchronized void sort() {
        Arrays.sort(files, 0, count);
    }

    /** How many planned names lead to a file. */
    int planned(FileStamp stamp) {
        long file = hash(stamp);
        return end(file) - begin(file);
    }

    /** Keeps a name until all names of its file are asked for; a file's names are never more than those added. */
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

    /** What is done with the names of one file that wait. */
    interface Visitor {
        void visit(int number, long position);
    }

    /** Shows all names that wait of the first file from an index on; returns the index behind them, or -1 for no more. */
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

    /** The names of a file are filled from the left. */
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
