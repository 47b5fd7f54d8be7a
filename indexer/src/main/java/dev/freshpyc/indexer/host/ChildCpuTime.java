package dev.freshpyc.indexer.host;

import dev.freshpyc.indexer.fs.linux.ChildUsage;
import dev.freshpyc.indexer.fs.linux.NativeSupport;
import java.util.Optional;

/** Processor time of processes that this one started and that have ended, with their descendants. */
public record ChildCpuTime(long userMicros, long systemMicros) {

    /** The time of all that have ended until now; empty without native support. */
    public static Optional<ChildCpuTime> now() {
        return NativeSupport.isAvailable()
                ? ChildUsage.now().map(usage -> new ChildCpuTime(usage.userMicros(), usage.systemMicros()))
                : Optional.empty();
    }

    /** The time of those that have ended since this was measured. */
    public Optional<ChildCpuTime> since() {
        return now().map(now -> new ChildCpuTime(now.userMicros - userMicros, now.systemMicros - systemMicros));
    }
}
