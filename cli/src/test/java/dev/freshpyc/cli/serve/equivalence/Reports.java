package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends questions and reports of one method to a store. */
record Reports(EquivalenceStore store) {

    static final String METHOD = "method";

    static TaskKey task(String taskhash) {
        return new TaskKey(METHOD, taskhash);
    }

    static Report report(String taskhash, String outhash, String unihash) {
        return new Report(task(taskhash), outhash, Optional.of(unihash), Map.of());
    }

    String ask(String taskhash) throws IOException, InterruptedException {
        return store.unihash(task(taskhash)).orElse("none");
    }

    String tell(String taskhash, String outhash, String unihash) throws IOException, InterruptedException {
        return store.answer(List.of(report(taskhash, outhash, unihash)))
                .getFirst()
                .orElse("none");
    }
}
