package dev.freshpyc.cli.render;

import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts the pycs that no hash in the header can save in a transport, because their interpreters know no hashes, and says what saves
 * them.
 */
final class HashlessPycs {

    private final Survival survival;
    private long pycs;
    private long hopeless;

    HashlessPycs(Survival survival) {
        this.survival = survival;
    }

    /** Adds the findings of a directory. */
    void count(List<Finding> directory) {
        for (Finding finding : directory) {
            if (survival.isLost(finding)) {
                pycs++;
                hopeless += survival.makesEmptyFilesAnew() && isOfEmptySource(finding) ? 1 : 0;
            }
        }
    }

    private static boolean isOfEmptySource(Finding finding) {
        return finding.header() instanceof PycHeader.Timestamped times
                && times.layout() != HeaderLayout.MTIME
                && times.size() == 0;
    }

    /** What to know about these pycs, in sentences; empty where there are none. */
    Optional<String> note() {
        if (pycs == 0) {
            return Optional.empty();
        }
        String note = Words.count(pycs, "pyc")
                + " cannot be saved by a hash: the interpreter has no hash-based bytecode," + " or an unknown hash.";
        if (survival.lastingTime().isEmpty()) {
            note += " No time survives " + survival.word()
                    + " either: run 'python -m compileall' with that interpreter where the tree is unpacked.";
        } else if (hopeless > 0) {
            note += (hopeless == 1
                            ? " 1 of them has an empty source, which gets"
                            : " " + Words.number(hopeless) + " of them have empty sources, which get")
                    + " a new mtime: with a line of comment in the source, its bytecode survives.";
        }
        return Optional.of(note);
    }

    /** The commands after which the tree survives; no hash is written where all pycs are of interpreters without hashes. */
    List<String> commands(List<EntryReport> entries) {
        boolean all = pycs > 0 && pycs == Survival.repairable(entries);
        List<String> commands = new ArrayList<>();
        if (!all) {
            survival.command(entries).ifPresent(commands::add);
        }
        if (pycs > hopeless) {
            survival.timeCommand(entries, all).ifPresent(commands::add);
        }
        return commands;
    }
}
