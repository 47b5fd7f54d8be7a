package dev.freshpyc.cli.command;

import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Questions to a store whose failure ends the command. */
final class Indexes {

    /** Something asked of a store. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws IOException;
    }

    private Indexes() {}

    /** All indexes, by the entry they are about. */
    static List<IndexInfo> list(IndexStore store) {
        return ask(store::list).stream()
                .sorted(Comparator.comparing(IndexInfo::entry))
                .toList();
    }

    static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, String.valueOf(refused.getMessage()));
        }
    }
}
