package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.pyc.ExtensionSuffix;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An interpreter with its option {@code -O}, as far as they decide which file an import finds. Before Python 3.5, an interpreter
 * imports {@code foo.pyc} in place of a source, and {@code foo.pyo} with {@code -O}; each ignores the other file.
 *
 * @param version empty when unknown: then only files that every version finds count
 * @param tag the cache tag, which extension modules have in their names; null when unknown or without one
 * @param optimized whether the interpreter runs with {@code -O} or {@code -OO}
 */
record Importer(Optional<PythonVersion> version, @Nullable String tag, boolean optimized) {

    /** An interpreter of a version that is known. */
    static Importer of(KnownInterpreter interpreter, boolean optimized) {
        return new Importer(
                Optional.of(interpreter.version()), interpreter.tag().orElse(null), optimized);
    }

    /** An interpreter without and with {@code -O}, where the two find different files; else without. */
    static List<Importer> both(KnownInterpreter interpreter) {
        Importer plain = of(interpreter, false);
        return plain.knowsPyo() ? List.of(plain, of(interpreter, true)) : List.of(plain);
    }

    /** The suffix of the bytecode that is imported in place of a source. */
    String bytecodeSuffix() {
        return optimized && knowsPyo() ? PycPath.PYO_SUFFIX : PycPath.PYC_SUFFIX;
    }

    /** Whether the interpreter reads files with the suffix {@code .pyo}; where the version is unknown, whether it may. */
    boolean knowsPyo() {
        return !isAtLeast(3, 5);
    }

    /** Whether an extension module makes a directory a package, without a source or bytecode beside the module. */
    boolean importsExtensionInit() {
        return isAtLeast(3, 3);
    }

    /** Whether a file may be imported: before Python 3.3, an import opens whatever has the name, even a directory, and fails. */
    boolean opensAnyFile() {
        return version.isPresent() && !isAtLeast(3, 3);
    }

    /** The place of an extension module's suffix in the order of the finder; empty for a suffix that is not looked for. */
    Optional<Integer> extensionRank(String suffix) {
        return version.flatMap(known -> ExtensionSuffix.rank(suffix, known, tag));
    }

    private boolean isAtLeast(int major, int minor) {
        return version.isPresent() && version.get().atLeast(major, minor);
    }
}
