package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Names of new files that lie beside the old ones until they are renamed. */
public final class TemporaryName {

    /** The end of every such name; neither an interpreter nor a scan takes the file for bytecode. */
    static final String SUFFIX = ".freshpyc-new";

    /** The beginning of the names that this process uses, and no other process. */
    static final String PREFIX =
            "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private static final AtomicInteger COUNT = new AtomicInteger();

    private TemporaryName() {}

    /** A name that no file has. */
    public static RawPath next() {
        return RawPath.of(PREFIX + HexFormat.of().toHexDigits(COUNT.getAndIncrement()) + SUFFIX);
    }
}
