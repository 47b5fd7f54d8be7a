package dev.freshpyc.core.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;

/** Draws random keys that nobody can predict. */
public final class HashKeys {

    /**
     * Each read gives a new random UUID (random(4)). The file is there in a root directory without devices, where {@link SecureRandom}
     * gathers randomness from the scheduler of the system for ten seconds.
     */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/uuid");

    private HashKeys() {}

    /** New keys of 64 bits. */
    public static long[] draw(int count) {
        return draw(count, KERNEL);
    }

    static long[] draw(int count, Path kernel) {
        long[] keys = new long[count];
        try {
            for (int i = 0; i < count; i++) {
                UUID random = UUID.fromString(Files.readString(kernel).strip());
                // Six bits of a UUID are fixed; no two of them meet here.
                keys[i] = random.getMostSignificantBits() ^ random.getLeastSignificantBits();
            }
        } catch (IOException | IllegalArgumentException _) {
            SecureRandom slower = new SecureRandom();
            for (int i = 0; i < count; i++) {
                keys[i] = slower.nextLong();
            }
        }
        return keys;
    }
}
