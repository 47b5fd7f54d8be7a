package dev.freshpyc.core.pyc;

import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The name of a cached file in its parts: {@code stem.tag[.opt-level].pyc}. The name is parsed from the right, so a stem
 * may hold dots ({@code a.b.py} is cached as {@code a.b.cpython-311.pyc}), which {@code importlib.util.source_from_cache}
 * refuses.
 */
public record PycName(RawPath stem, CacheTag tag, OptimizationLevel level) {

    private static final byte[] SUFFIX = PycPath.PYC_SUFFIX.getBytes(StandardCharsets.US_ASCII);
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
     * Parses names in sequence without garbage: nearly all names of a directory have one tag, which is made once. Not
     * thread-safe.
     */
    public static final class Reader {
        private static final CacheTag NO_TAG = CacheTag.of("");

        private final Function<String, CacheTag> tags;
        private byte[] lastTag = {};
        private CacheTag tag = NO_TAG;
        private OptimizationLevel level = OptimizationLevel.NONE;
        private int stemEnd;

        /** A parser that makes tags with {@code tags}, which may know more than the table. */
        public Reader(Function<String, CacheTag> tags) {
            this.tags = tags;
        }

        /** Parses {@code name[from, to)}; false if the name has no tag or does not end in {@code .pyc}. */
        public boolean parse(byte[] name, int from, int to) {
            if (!endsWith(name, from, to, SUFFIX)) {
                return false;
            }
            int end = to - SUFFIX.length;
            int dot = lastDot(name, from, end);
            level = OptimizationLevel.NONE;
            if (dot > from && isLevel(name, dot + 1, end)) {
                level = level(name, dot + 1 + OPT.length, end);
                end = dot;
                dot = lastDot(name, from, end);
            }
            if (dot <= from || dot + 1 == end) {
                return false;
            }
            stemEnd = dot;
            intern(name, dot + 1, end);
            return true;
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

        private void intern(byte[] name, int from, int to) {
            if (!Arrays.equals(lastTag, 0, lastTag.length, name, from, to)) {
                lastTag = Arrays.copyOfRange(name, from, to);
                tag = tags.apply(RawPath.of(name, from, to).toPython());
            }
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

        private static boolean endsWith(byte[] name, int from, int to, byte[] end) {
            return to - from >= end.length && Arrays.equals(name, to - end.length, to, end, 0, end.length);
        }
    }
}
