package dev.freshpyc.core.pyc;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The name of a cached file in its parts: {@code stem.tag[.opt-level].pyc}, or {@code stem.tag.pyo} of {@code -O} before 3.5. The
 * name is parsed from the right, so a stem may hold dots ({@code a.b.py} is cached as {@code a.b.cpython-311.pyc}), which {@code
 * importlib.util.source_from_cache} refuses. A tag may hold dots where it begins with an interpreter's, as that of a tool does:
 * {@code m.cpython-312-pytest-8.3.4.pyc} is {@code m.py}'s.
 */
public record PycName(RawPath stem, CacheTag tag, OptimizationLevel level) {

    private static final byte[] OPT = OptimizationLevel.PREFIX.getBytes(StandardCharsets.US_ASCII);

    /** The parts of {@code name}, or empty when it has no tag or does not end as bytecode does. */
    public static Optional<PycName> parse(RawPath name) {
        byte[] bytes = name.toBytes();
        return new Reader(CacheTag::of).read(bytes, 0, bytes.length);
    }

    /** The name of the source: stem and {@code .py}. */
    public RawPath source() {
        byte[] bytes = Arrays.copyOf(stem.toBytes(), stem.length() + PycPath.SOURCE_SUFFIX.length());
        byte[] suffix = PycPath.SOURCE_SUFFIX.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(suffix, 0, bytes, stem.length(), suffix.length);
        return RawPath.of(bytes, 0, bytes.length);
    }

    /**
     * Parses names in sequence without garbage: the names of a directory have few tags, and each is made once. Not
     * thread-safe.
     */
    public static final class Reader {
        private static final CacheTag NO_TAG = CacheTag.of("");

        private final Function<String, CacheTag> tags;
        private final InternedTag[] interned = {
            new InternedTag(), new InternedTag(), new InternedTag(), new InternedTag()
        };
        private int replaced;
        private CacheTag tag = NO_TAG;
        private OptimizationLevel level = OptimizationLevel.NONE;
        private boolean requested;
        private int stemEnd;

        /** A tag with its bytes, and whether the tag begins with an interpreter's: then no dot in it ends the stem. */
        private static final class InternedTag {
            private byte[] bytes = {};
            private CacheTag tag = NO_TAG;
            private boolean certain;

            void set(byte[] name, int from, int to, String text, CacheTag made) {
                bytes = Arrays.copyOfRange(name, from, to);
                tag = made;
                certain = CacheTag.beginsWithTag(text);
            }

            boolean is(byte[] name, int from, int to) {
                return Arrays.equals(bytes, 0, bytes.length, name, from, to);
            }

            /** Whether {@code name[from, to)} ends with a dot and this tag. */
            boolean ends(byte[] name, int from, int to) {
                int start = to - bytes.length;
                return certain
                        && start - 1 > from
                        && name[start - 1] == '.'
                        && Arrays.equals(name, start, to, bytes, 0, bytes.length);
            }
        }

        /** A parser that makes tags with {@code tags}, which may know more than the table. */
        public Reader(Function<String, CacheTag> tags) {
            this.tags = tags;
        }

        /** Parses {@code name[from, to)}; false if the name has no tag or does not end in {@code .pyc} or {@code .pyo}. */
        public boolean parse(byte[] name, int from, int to) {
            if (!PycPath.isBytecode(name, from, to)) {
                return false;
            }
            boolean pyo = name[to - 1] == 'o';
            int end = to - PycPath.PYC_SUFFIX.length();
            int dot = lastDot(name, from, end);
            boolean named = dot > from && isLevel(name, dot + 1, end);
            level = pyo ? OptimizationLevel.O1 : OptimizationLevel.NONE;
            if (named) {
                level = level(name, dot + 1 + OPT.length, end);
                end = dot;
            }
            if (!findTag(name, from, end)) {
                return false;
            }
            requested = !(pyo && named) && tag.asksFor(level, pyo);
            return true;
        }

        /** Whether a tool wrote the file parsed last for itself: no import reads such files. */
        public boolean isOfTool() {
            return tag.isOfTool() || level.isOfTool();
        }

        /** Whether the interpreter of the tag asks for a file of this name. */
        public boolean isRequested() {
            return requested;
        }

        /** The end of the stem of the name parsed last. */
        public int stemEnd() {
            return stemEnd;
        }

        public CacheTag tag() {
            return tag;
        }

        public OptimizationLevel level() {
            return level;
        }

        Optional<PycName> read(byte[] name, int from, int to) {
            return parse(name, from, to)
                    ? Optional.of(new PycName(RawPath.of(name, from, stemEnd), tag, level))
                    : Optional.empty();
        }

        /** Finds the tag at the end of {@code name[from, end)}. */
        private boolean findTag(byte[] name, int from, int end) {
            for (InternedTag known : interned) {
                if (known.ends(name, from, end)) {
                    tag = known.tag;
                    stemEnd = end - known.bytes.length - 1;
                    return true;
                }
            }
            stemEnd = tagDot(name, from, end);
            if (stemEnd <= from) {
                return false;
            }
            intern(name, stemEnd + 1, end);
            return true;
        }

        /** The dot before the tag: of an interpreter's tag with all that follows, otherwise of the last part. */
        private static int tagDot(byte[] name, int from, int end) {
            int last = lastDot(name, from, end);
            for (int dot = last; dot > from; dot = lastDot(name, from, dot)) {
                if (CacheTag.mayBeginTag(name[dot + 1])
                        && CacheTag.beginsWithTag(RawPath.of(name, dot + 1, end).toPython())) {
                    return dot;
                }
            }
            return hasLetter(name, last + 1, end) ? last : -1;
        }

        private void intern(byte[] name, int from, int to) {
            for (InternedTag known : interned) {
                if (known.is(name, from, to)) {
                    tag = known.tag;
                    return;
                }
            }
            String text = RawPath.of(name, from, to).toPython();
            tag = tags.apply(text);
            interned[replaced].set(name, from, to, text, tag);
            replaced = (replaced + 1) % interned.length;
        }

        /** A tag has a letter: a number alone is the end of a version or of a temporary name. */
        private static boolean hasLetter(byte[] name, int from, int to) {
            for (int i = from; i < to; i++) {
                if (name[i] < 0 || Character.isLetter(name[i])) {
                    return true;
                }
            }
            return false;
        }

        private static OptimizationLevel level(byte[] name, int from, int to) {
            if (to - from == 1 && name[from] == '1') {
                return OptimizationLevel.O1;
            }
            return to - from == 1 && name[from] == '2'
                    ? OptimizationLevel.O2
                    : new OptimizationLevel(new String(name, from, to - from, StandardCharsets.US_ASCII));
        }

        private static boolean isLevel(byte[] name, int from, int to) {
            if (to - from <= OPT.length || !Arrays.equals(name, from, from + OPT.length, OPT, 0, OPT.length)) {
                return false;
            }
            for (int i = from + OPT.length; i < to; i++) {
                if (!Character.isLetterOrDigit(name[i])) {
                    return false;
                }
            }
            return true;
        }

        private static int lastDot(byte[] name, int from, int to) {
            int at = to - 1;
            while (at >= from && name[at] != '.') {
                at--;
            }
            return at;
        }
    }
}
