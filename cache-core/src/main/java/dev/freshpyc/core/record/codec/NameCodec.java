package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes tag and level: the usual ones in one or two bytes, any other as text. */
final class NameCodec {

    private static final int NO_TAG = 0;
    private static final int TEXT_TAG = 1;
    private static final int CPYTHON = 2;
    private static final int PYPY = 3;
    private static final int MAX_MINOR = 99;
    private static final Pattern USUAL = Pattern.compile("(cpython-|pypy)3(0|[1-9][0-9]?)");

    private static final List<OptimizationLevel> LEVELS =
            List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2);

    private NameCodec() {}

    static void writeTag(@Nullable String tag, RecordWriter out) {
        if (tag == null) {
            out.writeByte(NO_TAG);
            return;
        }
        Matcher usual = USUAL.matcher(tag);
        if (usual.matches()) {
            out.writeByte(tag.startsWith("c") ? CPYTHON : PYPY);
            out.writeNumber(Integer.parseInt(usual.group(2)));
        } else {
            out.writeByte(TEXT_TAG);
            out.writeText(RawPath.of(tag).toBytes());
        }
    }

    static @Nullable String readTag(RecordReader in) throws BadRecordException {
        int form = in.readByte();
        return switch (form) {
            case NO_TAG -> null;
            case TEXT_TAG -> textTag(in.readText());
            case CPYTHON -> "cpython-3" + in.readNumber(MAX_MINOR);
            case PYPY -> "pypy3" + in.readNumber(MAX_MINOR);
            default -> throw in.bad("unknown form of tag " + form);
        };
    }

    static void writeLevel(OptimizationLevel level, RecordWriter out) {
        int known = LEVELS.indexOf(level);
        if (known >= 0) {
            out.writeByte(known);
        } else {
            out.writeByte(LEVELS.size());
            out.writeText(level.name().getBytes(StandardCharsets.US_ASCII));
        }
    }

    static OptimizationLevel readLevel(RecordReader in) throws BadRecordException {
        int form = in.readByte();
        if (form < LEVELS.size()) {
            return LEVELS.get(form);
        }
        if (form > LEVELS.size()) {
            throw in.bad("unknown form of level " + form);
        }
        String name = new String(in.readText(), StandardCharsets.ISO_8859_1);
        try {
            return new OptimizationLevel(name);
        } catch (IllegalArgumentException e) {
            throw in.bad(String.valueOf(e.getMessage()));
        }
    }

    private static String textTag(byte[] bytes) {
        return RawPath.of(bytes, 0, bytes.length).toPython();
    }
}
