package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** The planned files of some directories, each of which is in one section whole. The files of a plan are numbered. */
sealed interface PlanSection {

    /** Sections in about the order of the paths in them. */
    Comparator<PlanSection> IN_ORDER = Comparator.comparing(PlanSection::entry).thenComparing(PlanSection::firstSource);

    PathEntry entry();

    /** The source of the first file in the section. */
    RawPath firstSource();

    /** The number of the first file. */
    int base();

    /** How many pycs of the section are written. */
    int pycs();

    /** The files, in the order of their numbers. */
    Reader reader();

    /** Reads the files of a section one after the other. */
    interface Reader {

        boolean hasNext();

        NumberedFile next() throws IOException;
    }

    /**
     * A file with its number.
     *
     * @param position where the file is in the temporary file; -1 for a section in memory
     */
    record NumberedFile(PlannedFile file, int number, long position) {}

    /** A section of a small plan. */
    record InMemory(int base, int pycs, List<PlannedFile> files) implements PlanSection {

        @Override
        public PathEntry entry() {
            return files.getFirst().entry();
        }

        @Override
        public RawPath firstSource() {
            return files.getFirst().source();
        }

        @Override
        public Reader reader() {
            return new Reader() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < files.size();
                }

                @Override
                public NumberedFile next() {
                    return new NumberedFile(files.get(next), base + next++, -1);
                }
            };
        }
    }

    /** A section of a large plan; each file is preceded by its length in bytes. */
    record OnDisk(
            PathEntry entry,
            RawPath firstSource,
            int base,
            int pycs,
            int count,
            PlanFile in,
            PlanCodec codec,
            long position)
            implements PlanSection {

        private static final int BUFFER = 1 << 16;

        @Override
        public Reader reader() {
            DataInputStream bytes = in.read(position, BUFFER);
            return new Reader() {
                private int done;
                private long at = position;

                @Override
                public boolean hasNext() {
                    return done < count;
                }

                @Override
                public NumberedFile next() throws IOException {
                    int length = bytes.readInt();
                    NumberedFile file = new NumberedFile(codec.read(bytes), base + done, at);
                    at += Integer.BYTES + length;
                    done++;
                    return file;
                }
            };
        }
    }
}
