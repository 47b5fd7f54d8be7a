package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.Optional;

/** One part of a plan: what is done with one file, or that a source's mtime must stay. */
sealed interface PlannedFile {

    PathEntry entry();

    /** The file's source, relative to the entry. */
    RawPath source();

    /** A pyc that is written. */
    sealed interface Pyc extends PlannedFile {

        FilePlace place();

        /** The stamp of the file that is there; empty where there is none. */
        Optional<FileStamp> stamp();

        /** How many names the file has; 1 for a file behind a symbolic link, whose other names are not looked for. */
        long links();

        @Override
        default PathEntry entry() {
            return place().entry();
        }

        @Override
        default RawPath source() {
            return place().source();
        }
    }

    /** A pyc that gets a new header. */
    record Rewrite(HeaderRewrite change, long links) implements Pyc {

        @Override
        public FilePlace place() {
            return change.place();
        }

        @Override
        public Optional<FileStamp> stamp() {
            return change.oldStamp();
        }
    }

    /** A pyc that is compiled. */
    record Compilation(Recompilation file, long links) implements Pyc {

        @Override
        public FilePlace place() {
            return file.place();
        }

        @Override
        public Optional<FileStamp> stamp() {
            return file.oldStamp();
        }
    }

    /** A source that gets another mtime. */
    record Time(SourceTimeChange change) implements PlannedFile {

        @Override
        public PathEntry entry() {
            return change.entry();
        }

        @Override
        public RawPath source() {
            return change.source();
        }
    }

    /** A source whose mtime must stay, since a pyc of it stays as it is though it is not as wanted. */
    record Blocked(SourceKey key) implements PlannedFile {

        @Override
        public PathEntry entry() {
            return key.entry();
        }

        @Override
        public RawPath source() {
            return key.source();
        }
    }
}
