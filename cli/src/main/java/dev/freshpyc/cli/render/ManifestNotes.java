package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.judge.ManifestEvidence;
import java.io.PrintStream;

/** Prints for {@code -v} how much of the package managers' manifests could be read. */
public final class ManifestNotes {

    private ManifestNotes() {}

    /** Prints a line for each entry whose manifests were asked. */
    public static void print(ManifestEvidence evidence, PrintStream err) {
        var read = evidence.read();
        if (read.isEmpty()) {
            err.println("freshpyc: no manifest was read: no file needed one");
        }
        read.forEach((entry, tally) -> err.println("freshpyc: " + entry.shown() + ": "
                + Words.count(tally.manifests(), "manifest") + " read, with digests of "
                + Words.count(tally.files(), "file") + "; "
                + Words.count(tally.badRows(), "bad row") + "; "
                + Words.count(tally.refused(), "manifest") + " could not be read"));
    }
}
