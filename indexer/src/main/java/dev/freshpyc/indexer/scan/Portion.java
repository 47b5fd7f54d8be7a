package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.fs.TreeReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An open place in which an import searches for a module: a directory, or a directory in an archive. */
sealed interface Portion extends AutoCloseable permits DirectoryPortion, ArchivePortion {

    RawPath INIT = RawPath.of("__init__");

    /** The place of an entry; null when the interpreter ignores the entry. */
    static @Nullable Portion open(PathEntry entry, TreeReader files, KnownInterpreter interpreter) {
        return switch (entry) {
            case PathEntry.Archive archive -> ArchivePortion.open(archive, files, interpreter.version());
            case PathEntry.Directory _ -> DirectoryPortion.open(entry.canonicalPath(), files);
            case PathEntry.CacheDirectory _ -> null; // no path has such an entry
        };
    }

    /** A place inside this place; null when it cannot be read. */
    @Nullable
    Portion below(RawPath name);

    /** The names that an import may find here. */
    Set<RawPath> names();

    /** The file that an interpreter imports for a name; null when there is none, or only a part of a namespace package. */
    @Nullable
    RawPath find(RawPath name, Importer importer);

    /** Whether there is a directory of the name, which may be a part of a namespace package. */
    boolean hasDirectory(RawPath name);

    /** Whether the file that {@link #find} returned may add directories of other entries to its package. */
    boolean mayExtendPath(RawPath file);

    /** The path, as reports show it, of the file that {@link #find} returned. */
    RawPath shown(RawPath file);

    /** Whether this place is a package, so that its modules are no top-level modules. */
    default boolean isPackage() {
        return names().contains(INIT);
    }

    @Override
    void close();
}
