package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory that has the name of modules beside it, or that lies below such a directory. Unless the directory is a package, imports
 * find one of the modules and reach no file in the directory.
 */
final class TakenName {

    private static final int NO_RANK = Integer.MAX_VALUE;

    private final @Nullable TakenName above;
    private final RawPath name;
    private final @Nullable FoundElsewhere elsewhere;
    private final List<Module> modules;
    private List<String> inits = List.of();

    /**
     * A module with the directory's name.
     *
     * @param suffix the part of the file's name behind the directory's name
     * @param path relative to the entry
     */
    record Module(String suffix, RawPath path) {}

    /**
     * A directory that imports may not reach.
     *
     * @param above the same for the directory above; null when imports reach the directory above
     * @param elsewhere the modules that an interpreter finds for the name without a look at the directory; null for none
     * @param modules the modules beside the directory
     */
    TakenName(@Nullable TakenName above, RawPath name, @Nullable FoundElsewhere elsewhere, List<Module> modules) {
        this.above = above;
        this.name = name;
        this.elsewhere = elsewhere;
        this.modules = modules;
    }

    /** Sets the suffixes of the files {@code __init__} in the directory: a file that a version imports makes the directory a package. */
    void setInits(List<String> suffixes) {
        inits = suffixes;
    }

    /** The module that an interpreter finds in place of every module in the directory; null when it reaches the directory. */
    @Nullable
    Hider find(Importer importer) {
        @Nullable Hider first = above == null ? null : above.find(importer);
        if (first == null && elsewhere != null) {
            first = elsewhere.directory(name, importer);
        }
        if (first != null || isPackage(importer)) {
            return first;
        }
        @Nullable Module found = null;
        for (Module module : modules) {
            int rank = rank(module.suffix(), importer);
            if (rank < NO_RANK && (found == null || rank < rank(found.suffix(), importer))) {
                found = module;
            }
        }
        return found == null ? null : new Hider(Placement.HIDDEN_BY_MODULE, found.path());
    }

    /** Whether the directory is a package; where the version is not known, whether it may be one. */
    private boolean isPackage(Importer importer) {
        boolean plain = inits.stream().anyMatch(suffix -> isPlain(suffix, importer));
        boolean extension = importer.version().isEmpty()
                ? !inits.isEmpty()
                : importer.importsExtensionInit()
                        && inits.stream().anyMatch(suffix -> rank(suffix, importer) < NO_RANK);
        return plain || extension;
    }

    private static int rank(String suffix, Importer importer) {
        if (isPlain(suffix, importer)) {
            return suffix.equals(PycPath.SOURCE_SUFFIX) ? NO_RANK - 2 : NO_RANK - 1;
        }
        return importer.extensionRank(suffix).orElse(NO_RANK);
    }

    private static boolean isPlain(String suffix, Importer importer) {
        return suffix.equals(PycPath.SOURCE_SUFFIX) || suffix.equals(importer.bytecodeSuffix());
    }
}
