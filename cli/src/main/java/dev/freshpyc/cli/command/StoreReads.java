package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.IndexStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Reads from a store; a failure ends the command. */
final class StoreReads {

    /** One read from a store. */
    @FunctionalInterface
    interface StoreRead<T> {
        T ask() throws IOException;
    }

    private StoreReads() {}

    /** All indexes, sorted by entry. */
    static List<IndexInfo> list(IndexStore store) {
        return list(store, _ -> true);
    }

    /** The indexes of those entries, sorted by entry. */
    static List<IndexInfo> list(IndexStore store, Predicate<RawPath> entries) {
        return ask(store::list).stream()
                .filter(info -> entries.test(info.entry()))
                .sorted(Comparator.comparing(IndexInfo::entry))
                .toList();
    }

    static <T> T ask(StoreRead<T> question) {
        try {
            return question.ask();
        } catch (FileSystemException refused) { // its message may be the path alone
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    RawPath.of(String.valueOf(refused.getFile())).shown() + ": " + CauseText.of(refused));
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.INCOMPLETE, CauseText.withFile(refused));
        }
    }
}
