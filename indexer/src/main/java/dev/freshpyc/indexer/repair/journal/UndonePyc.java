package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.journal.JournalEntry.Origin;

/**
 * A pyc that an undo put back or removed.
 *
 * @param pyc absolute
 * @param origin its source, with what the index said before the repair
 */
public record UndonePyc(RawPath pyc, Origin origin) {}
