package dev.freshpyc.indexer.scan;

import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.StampStability;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the stamps of a directory's files identify content ({@link StampStability}). Each file system is asked once. For one
 * worker.
 */
final class StampTrust {

    /** The device of all files where the system has no device numbers. */
    private static final long NO_DEVICE = 0;

    private final TreeReader files;
    private final Map<Long, Boolean> stableDevices = new HashMap<>();
    private long lastDevice = NO_DEVICE;
    private boolean lastAnswer;

    StampTrust(TreeReader files) {
        this.files = files;
    }

    /**
     * Whether an equal stamp means an equal file. False for a file behind a link to a file system that was not asked yet.
     *
     * @param directory has the name of the file
     * @param device of the file: that of the directory, except behind a link
     */
    boolean isStable(OpenDirectory directory, long device) {
        if (device != lastDevice || device == NO_DEVICE) {
            @Nullable Boolean known = stableDevices.get(device);
            if (known == null) {
                return ask(directory, device);
            }
            lastDevice = device;
            lastAnswer = known;
        }
        return lastAnswer;
    }

    private boolean ask(OpenDirectory directory, long device) {
        if (files.identity(directory).device() != device) {
            return false;
        }
        boolean stable = files.stability(directory).isStable();
        if (device != NO_DEVICE) {
            stableDevices.put(device, stable);
        }
        return stable;
    }
}
