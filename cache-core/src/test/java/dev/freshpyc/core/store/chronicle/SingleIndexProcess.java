package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.StoreEvents;
import java.io.IOException;
import java.nio.file.Path;

/** Publishes and reads one index. Arguments: the directory of the store, the number of records. */
final class SingleIndexProcess {

    private SingleIndexProcess() {}

    public static void main(String[] args) throws IOException {
        RawPath entry = RawPath.of("/opt/app");
        ChronicleStore store = new ChronicleStore(Path.of(args[0]), StoreEvents.NONE);
        try (Draft draft = store.draft(entry)) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                draft.put(RawPath.of("m" + i + ".py"), Samples.proven(1, 11));
            }
            draft.publish(1);
        }
        try (Generation generation = store.open(entry).orElseThrow()) {
            boolean found = generation.get(RawPath.of("m0.py")).isPresent();
            System.out.println("records " + (found ? generation.info().records() : 0) + ", trap "
                    + System.getProperty("freshpyc.trap"));
        }
    }
}
