package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The modules of one directory that an interpreter finds without a look at the directory: those that it has built in or frozen,
 * and those that other entries of its path have. Holds for the bytecode of that interpreter only, or of those releases.
 */
final class FoundElsewhere {

    /** Of which bytecode the answers hold. */
    @FunctionalInterface
    interface Readers {
        /** Whether one of the readers reads bytecode of a version and a tag. */
        boolean read(PythonVersion version, @Nullable String tag);
    }

    private final Readers readers;
    private final Names plain = new Names(new HashMap<>(), new HashMap<>());
    private final Names optimized = new Names(new HashMap<>(), new HashMap<>());
    private final Map<RawPath, FoundElsewhere> below = new HashMap<>();

    /**
     * What is found for the names of modules and of directories.
     *
     * @param modules by the module's name
     * @param directories by the name of a directory beside the modules
     */
    private record Names(Map<RawPath, Hider> modules, Map<RawPath, Hider> directories) {

        void add(RawPath stem, Hider hider, boolean directoryToo) {
            modules.putIfAbsent(stem, hider);
            if (directoryToo) {
                directories.putIfAbsent(stem, hider);
            }
        }
    }

    FoundElsewhere(Readers readers) {
        this.readers = readers;
    }

    /** What one interpreter finds. */
    static FoundElsewhere by(KnownInterpreter interpreter) {
        return new FoundElsewhere((version, tag) -> version.equals(interpreter.version())
                && Optional.ofNullable(tag).equals(interpreter.tag()));
    }

    /** Adds a module that is found with and without {@code -O}; a directory may have its name as well. */
    void add(RawPath stem, Hider hider, boolean directoryToo) {
        plain.add(stem, hider, directoryToo);
        optimized.add(stem, hider, directoryToo);
    }

    /** The same for a module that this importer finds. */
    void add(RawPath stem, Hider hider, boolean directoryToo, Importer importer) {
        names(importer).add(stem, hider, directoryToo);
    }

    /** The modules of a subdirectory, which is made when there is none. */
    FoundElsewhere makeBelow(RawPath name) {
        return below.computeIfAbsent(name, _ -> new FoundElsewhere(readers));
    }

    /** The modules of a subdirectory; null when there are none. */
    @Nullable
    FoundElsewhere below(RawPath name) {
        return below.get(name);
    }

    /** What the interpreter finds in place of the module {@code bytes[from, to)}; null for nothing, and for other interpreters. */
    @Nullable
    Hider module(byte[] bytes, int from, int to, Importer importer) {
        return isOf(importer) ? names(importer).modules().get(RawPath.of(bytes, from, to)) : null;
    }

    /** What the interpreter finds in place of everything in a subdirectory. */
    @Nullable
    Hider directory(RawPath name, Importer importer) {
        return isOf(importer) ? names(importer).directories().get(name) : null;
    }

    private Names names(Importer importer) {
        return names(importer.bytecodeSuffix().equals(PycPath.PYO_SUFFIX));
    }

    private Names names(boolean withOptimization) {
        return withOptimization ? optimized : plain;
    }

    /**
     * What the interpreter finds in place of a module in an archive, which has no tag: whoever reads the archive is that interpreter.
     *
     * @param module relative to the entry, without suffix
     * @param withOptimization whether the interpreter runs with {@code -O}
     */
    @Nullable
    Hider inPlaceOf(RawPath module, boolean withOptimization) {
        @Nullable FoundElsewhere at = this;
        for (RawPath name : module.parent().names()) {
            @Nullable Hider hider = at.names(withOptimization).directories().get(name);
            at = at.below(name);
            if (hider != null || at == null) {
                return hider;
            }
        }
        return at.names(withOptimization).modules().get(module.name());
    }

    boolean hasDirectory(RawPath name) {
        return plain.directories().containsKey(name) || optimized.directories().containsKey(name);
    }

    private boolean isOf(Importer importer) {
        return importer.version().isPresent() && readers.read(importer.version().get(), importer.tag());
    }
}
