package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.MagicTable;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.Optional;

/**
 * Which interpreter is wanted: one of that tag, of that magic number, or of both. A tag alone is not enough where the
 * number is known, since development versions share a tag and do not read each other's files.
 *
 * @param tag absent for files beside their source, whose names hold none
 */
public record WantedCompiler(Optional<CacheTag> tag, Optional<Magic> magic) {

    public WantedCompiler {
        if (tag.isEmpty() && magic.isEmpty()) {
            throw new IllegalArgumentException("nothing is wanted");
        }
    }

    /** Any interpreter of that tag whose magic number is the tag's. */
    public static WantedCompiler of(CacheTag tag) {
        return new WantedCompiler(Optional.of(tag), Optional.empty());
    }

    public static WantedCompiler of(CacheTag tag, Magic magic) {
        return new WantedCompiler(Optional.of(tag), Optional.of(magic));
    }

    /** Whatever reads files of that number, as for Python 2.7, which has no tag. */
    public static WantedCompiler of(Magic magic) {
        return new WantedCompiler(Optional.empty(), Optional.of(magic));
    }

    boolean matches(KnownInterpreter interpreter) {
        return tag.map(wanted -> matches(wanted, interpreter)).orElse(true)
                && magic.map(interpreter.magic()::equals).orElse(true);
    }

    /** The version that is most likely right, to look for its names first. */
    Optional<PythonVersion> version() {
        return tag.flatMap(CacheTag::version).or(() -> magic.flatMap(MagicTable::owner));
    }

    private static boolean matches(CacheTag wanted, KnownInterpreter interpreter) {
        return interpreter.tag().filter(wanted.name()::equals).isPresent() && wanted.accepts(interpreter.magic());
    }
}
