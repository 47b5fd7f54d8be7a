package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import java.io.IOException;
import java.nio.file.Path;

/** Scans a directory and prints the result, in a process without privileges. */
final class UnprivilegedScan {

    private UnprivilegedScan() {}

    /** Arguments: the name of an implementation, and a directory. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var implementation = TreeScannerContract.Implementation.valueOf(args[0]);
        Path tree = Path.of(args[1]);
        Scan scan = Scan.of(implementation.workers(tree), ScanOptions.defaults(), tree);
        for (Scan.Seen seen : scan.seen()) {
            System.out.println(seen.pair() + " " + (seen.pycState() instanceof PycState.Read ? "Read" : seen.pycState())
                    + (seen.verdict().interpreter() == InterpreterAnswer.FAILS ? ", fails" : ""));
        }
        scan.refusals().forEach(refusal -> System.out.println("refused " + refusal));
    }
}
