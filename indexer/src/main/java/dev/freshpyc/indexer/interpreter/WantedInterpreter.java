package dev.freshpyc.indexer.interpreter;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.record.HeaderBytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tag, the magic number, or both, that an interpreter must have. A tag alone does not identify the interpreter of an
 * existing file: development versions share a tag and reject each other's bytecode.
 *
 * @param tag empty for a legacy pyc, whose name holds no tag
 */
public record WantedInterpreter(Optional<CacheTag> tag, Optional<Magic> magic) {

    public WantedInterpreter {
        if (tag.isEmpty() && magic.isEmpty()) {
            throw new IllegalArgumentException("neither a tag nor a magic number is given");
        }
    }

    /** Any interpreter of that tag whose magic number belongs to the tag. */
    public static WantedInterpreter of(CacheTag tag) {
        return new WantedInterpreter(Optional.of(tag), Optional.empty());
    }

    /** The interpreter of that tag with exactly that magic number. */
    public static WantedInterpreter of(CacheTag tag, Magic magic) {
        return new WantedInterpreter(Optional.of(tag), Optional.of(magic));
    }

    /** Any interpreter with that magic number; Python 2.7, for example, has no tag. */
    public static WantedInterpreter of(Magic magic) {
        return new WantedInterpreter(Optional.empty(), Optional.of(magic));
    }

    /**
     * The interpreter that a file is for: the one of the file's own magic where that is one of its tag's.
     *
     * @param tag null for a legacy file
     * @param head the first bytes of the file; none where the file is yet to be made
     */
    public static WantedInterpreter ofPyc(@Nullable CacheTag tag, HeaderBytes head) {
        Magic magic = new Magic((int) head.low());
        if (tag == null) {
            return of(magic);
        }
        boolean knows = head.length() >= Magic.LENGTH && tag.accepts(magic);
        return knows ? of(tag, magic) : of(tag);
    }

    boolean matches(KnownInterpreter interpreter) {
        return tag.map(wanted -> matches(wanted, interpreter)).orElse(true)
                && magic.map(interpreter.magic()::equals).orElse(true);
    }

    /** The most likely version; programs whose names spell this version are tried first. */
    Optional<PythonVersion> version() {
        return tag.flatMap(CacheTag::version).or(() -> magic.flatMap(MagicTable::owner));
    }

    /**
     * The {@code co_filename} that code of the interpreter has for a source, as it is marshalled: in Python 2 the bytes of the path,
     * else its text.
     */
    public RawPath codeName(RawPath source) {
        boolean isPython2 = version().filter(known -> !known.atLeast(3, 0)).isPresent();
        return isPython2 ? source : source.toMarshalled();
    }

    /** Such as {@code magic 3495 (cpython-311)}; safe to print. */
    @Override
    public String toString() {
        return magic.map(number -> shown(number, tag.map(CacheTag::name)))
                .orElseGet(() -> "tag " + shown(tag.orElseThrow().name()));
    }

    static String shown(Magic magic, Optional<String> tag) {
        String number = magic.wellFormed() ? Integer.toString(magic.number()) : "0x%08x".formatted(magic.raw());
        return "magic " + number + tag.map(name -> " (" + shown(name) + ")").orElse("");
    }

    private static String shown(String tag) {
        return RawPath.of(tag).shown();
    }

    private static boolean matches(CacheTag wanted, KnownInterpreter interpreter) {
        return interpreter.tag().filter(wanted.name()::equals).isPresent() && wanted.accepts(interpreter.magic());
    }
}
