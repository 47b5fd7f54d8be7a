package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.marshal.Grammar.Rule.Payload;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the {@code co_filename} of the outermost code object in a body. The name may be a reference to a string that stands far before, in
 * an inner code object, so the walk keeps the offset of each object that can be referred to. Nothing is digested, which makes this walk
 * several times faster than {@link CodeDigester}. A finder belongs to one thread.
 */
public final class FileNameFinder {
    private static final long NONE = -1;

    private final NameWalk walk = new NameWalk();
    private final Window window = new Window();

    /**
     * The file name, with surrogates in Python's form of UTF-8. Empty if {@link MarshalWalker} does not call the body complete, if the name is
     * no string that an interpreter can read, or if it is longer than {@value SharedFileName#LIMIT} bytes.
     *
     * @param start the offset of the body: the length of the header
     * @throws IOException when the file cannot be read any more
     */
    public Optional<RawPath> find(ByteSource file, long start, MarshalDialect dialect) throws IOException {
        boolean complete = walk.walk(file, start, dialect) instanceof MarshalBody.Complete;
        return complete && walk.name != NONE ? read(file, walk.name, dialect) : Optional.empty();
    }

    private Optional<RawPath> read(ByteSource file, long offset, MarshalDialect dialect) throws IOException {
        window.open(file, offset);
        try {
            int type = window.unsignedByte();
            long length = SharedFileName.length(window, dialect.rule(type));
            if (length < 0 || length > SharedFileName.LIMIT) {
                return Optional.empty();
            }
            byte[] name = new byte[(int) length];
            return file.readFully(window.position(), name, name.length) && isName(type & DigestWalk.TYPE, name, dialect)
                    ? Optional.of(RawPath.of(name, 0, name.length))
                    : Optional.empty();
        } catch (WalkEnd truncated) {
            return Optional.empty();
        }
    }

    /** Whether a string is a {@code str} of the version. CPython reads bytes beyond ASCII in strings of ASCII as Latin-1. */
    private static boolean isName(int type, byte[] name, MarshalDialect dialect) {
        if (dialect == MarshalDialect.CPYTHON_2_7) {
            return type == 's' || type == 't';
        }
        RawPath text = RawPath.of(name, 0, name.length);
        return switch (type) {
            case 'u', 't' -> text.isMarshalledText();
            case 'a', 'A', 'z', 'Z' -> isAscii(name);
            default -> false;
        };
    }

    private static boolean isAscii(byte[] name) {
        for (byte one : name) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    /** Keeps the offsets of objects without parts by their slots; an object with parts is no name. */
    private static final class NameWalk extends ObjectWalk {
        private long[] slots = new long[256];
        private long[] strings = new long[16];
        private int stringCount;
        private long last;
        private long name;

        @Override
        void begin(MarshalDialect dialect) {
            stringCount = 0;
            last = NONE;
            name = NONE;
        }

        @Override
        void passLeaves() {}

        @Override
        void met(int type, long at) {
            last = at;
        }

        @Override
        void referred(long slot) {
            last = slot < slots.length ? slots[(int) slot] : NONE;
        }

        @Override
        void referredString(long index) {
            last = index < strings.length ? strings[(int) index] : NONE;
        }

        @Override
        void whole(Rule rule) {
            if (rule.payload() == Payload.TABLED_STRING && stringCount < DigestTable.LIMIT) {
                strings = withRoom(strings, stringCount);
                strings[stringCount++] = last;
            }
            keep(slot(rule), last);
        }

        @Override
        void opened(Rule rule) {
            keep(slot(rule), NONE);
        }

        @Override
        void closing() {
            last = NONE;
        }

        @Override
        void part() {
            if (open.depth() == 1 && isFileName()) {
                name = last;
            }
        }

        private void keep(long slot, long offset) {
            if (slot >= 0 && slot < DigestTable.LIMIT) {
                slots = withRoom(slots, (int) slot);
                slots[(int) slot] = offset;
            }
        }

        private static long[] withRoom(long[] table, int index) {
            return index < table.length ? table : Arrays.copyOf(table, 2 * index);
        }
    }
}
