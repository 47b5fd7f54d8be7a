package dev.freshpyc.indexer.host;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many files this process may still open, and so how many threads may work at once. */
public final class Descriptors {

    private static final Pattern LIMIT = Pattern.compile("Max open files +([0-9]+) ");

    /** What a thread holds open at most: the directories of a source and a pyc with their roots, and the files themselves. */
    private static final int FOR_A_THREAD = 8;

    /** What all threads share: the journal and the old files that it keeps, an index, a listing of a directory. */
    private static final int SHARED = 4;

    /** The two pipes to another process. */
    private static final int FOR_A_PROCESS = 2;

    /** The ends of all pipes, and the null device, while a process is started. */
    private static final int FOR_A_START = 9;

    private Descriptors() {}

    /** As many of the wanted threads as can open their files at once; at least one. */
    public static int threads(int wanted) {
        return fitting(wanted, FOR_A_THREAD, SHARED);
    }

    /** As many of the wanted threads as can open their files and talk to a process each. */
    public static int threadsWithProcesses(int wanted) {
        return fitting(wanted, FOR_A_THREAD + FOR_A_PROCESS, SHARED + FOR_A_START);
    }

    /** Whether even one thread must close its files before it starts a process. */
    public static boolean areFew() {
        return free() < FOR_A_THREAD + FOR_A_PROCESS + SHARED + FOR_A_START;
    }

    private static int fitting(int wanted, int each, int shared) {
        return Math.clamp((free() - shared) / each, 1, wanted);
    }

    /** How many files may still be opened; a large number where the system does not tell. */
    private static int free() {
        @Nullable String[] open = new File("/proc/self/fd").list();
        try (FileInputStream limits = new FileInputStream("/proc/self/limits")) {
            Matcher limit = LIMIT.matcher(new String(limits.readAllBytes(), StandardCharsets.US_ASCII));
            return open != null && limit.find()
                    ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(limit.group(1)) - open.length)
                    : Integer.MAX_VALUE;
        } catch (IOException refused) {
            boolean exists = new File("/proc/self").exists();
            return exists ? 0 : Integer.MAX_VALUE; // no descriptor is left to read the limits with
        }
    }
}
