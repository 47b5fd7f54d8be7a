package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.digest.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A server that knows which code belongs to which task. Any thread may call it. */
public interface EquivalenceServer extends AutoCloseable {

    /** How many tasks a call may be about. */
    int MOST = 1_000;

    /**
     * The code that was reported first for each task, in their order; empty for an unknown task, and for one whose unihash is no digest.
     *
     * @throws IOException when the server gives no answer of the protocol within its time, with the reason for the user
     */
    List<Optional<Sha256>> ask(List<CompileTask> tasks) throws IOException, InterruptedException;

    /**
     * Reports the code of tasks.
     *
     * @throws IOException when the server does not take the reports within its time, with the reason for the user
     */
    void tell(List<TaskCode> codes) throws IOException, InterruptedException;

    @Override
    void close();
}
