package dev.freshpyc.indexer.repair.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole journal into memory. */
final class ReadJournal {

    private ReadJournal() {}

    /** The entries of a journal, up to the first torn or damaged entry. */
    static List<JournalEntry> entries(Path file) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        JournalEntries.read(file, entries::add);
        return entries;
    }
}
