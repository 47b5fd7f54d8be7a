package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.StoreEvents;
import java.io.IOException;
import java.nio.file.Path;

/** Publishes and reads one index. The argument is the directory of the store. */
final class SingleIndexProcess {

    private SingleIndexProcess() {}

    public static void main(String[] args) throws IOException {
        RawPath entry = RawPath.of("/opt/app");
        ChronicleStore store = new ChronicleStore(Path.of(args[0]), StoreEvents.NONE);
        try (Draft draft = store.draft(entry)) {
            draft.put(RawPath.of("a.py"), Samples.proven(1, 11));
            draft.publish(1);
        }
        try (Generation generation = store.open(entry).orElseThrow()) {
            boolean found = generation.get(RawPath.of("a.py")).isPresent();
            System.out.println("records " + (found ? 1 : 0) + ", trap " + System.getProperty("freshpyc.trap"));
        }
    }
}
