package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.archive.ArchiveMember;
import dev.freshpyc.indexer.archive.CentralDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells which member of an archive an import finds. The order is that of {@code zipimport._zip_searchorder}: {@code
 * a/__init__.pyc}, {@code a/__init__.py}, {@code a.pyc}, {@code a.py}. Names are relative to the entry.
 */
final class ArchiveModules {

    private static final String INIT = "__init__";

    private final CentralDirectory directory;
    private final RawPath inner;
    private final boolean impliesDirectories;
    private final @Nullable FoundElsewhere elsewhere;
    private final Map<RawPath, Hider> hidden = new HashMap<>();
    private final Set<RawPath> reached = new HashSet<>();

    /**
     * The modules of an archive, as one version finds them.
     *
     * @param impliesDirectories whether a directory without an entry of its own is a namespace package
     * @param elsewhere the modules that the interpreter finds without a look at the archive; null for none
     */
    ArchiveModules(
            CentralDirectory directory, RawPath inner, boolean impliesDirectories, @Nullable FoundElsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.directory = directory;
        this.inner = inner;
        this.impliesDirectories = impliesDirectories;
        reached.add(RawPath.EMPTY);
    }

    /** The bytecode members, sorted by name. */
    List<RawPath> pycs() {
        return directory.files().keySet().stream()
                .filter(name -> name.endsWith(PycPath.PYC_SUFFIX))
                .flatMap(name -> name.relativeTo(inner).stream())
                .sorted()
                .toList();
    }

    Optional<ArchiveMember> member(RawPath name) {
        return directory.file(inner.resolve(name));
    }

    /** The source that the bytecode belongs to. */
    static RawPath sourceOf(RawPath pyc) {
        return RawPath.of(pyc.toBytes(), 0, pyc.length() - 1);
    }

    /**
     * The placement of a bytecode member, with the member that hides it from imports.
     *
     * @param passesInit whether the interpreter rejects a package's {@code __init__.pyc}, and goes on to the module
     */
    Hider place(RawPath pyc, Predicate<RawPath> passesInit) {
        RawPath module = RawPath.of(pyc.toBytes(), 0, pyc.length() - PycPath.PYC_SUFFIX.length());
        RawPath name = module.name();
        if (name.equals(RawPath.EMPTY) || name.toPython().indexOf('.') >= 0) {
            return new Hider(Placement.UNREQUESTED, null);
        }
        @Nullable Hider first = elsewhere == null ? null : elsewhere.inPlaceOf(module);
        if (first != null) {
            return first;
        }
        Hider above = directory(module.parent());
        if (above.placement() != Placement.ARCHIVE) {
            return above;
        }
        if (name.equals(RawPath.of(INIT)) && !module.parent().equals(RawPath.EMPTY)) {
            RawPath instead = module.parent();
            boolean falls = !has(sourceOf(pyc))
                    && (has(suffixed(instead, PycPath.PYC_SUFFIX)) || has(suffixed(instead, PycPath.SOURCE_SUFFIX)));
            return new Hider(falls ? Placement.ARCHIVE_INIT : Placement.ARCHIVE, null);
        }
        RawPath source = module.resolve(INIT + PycPath.SOURCE_SUFFIX);
        RawPath bytecode = module.resolve(INIT + PycPath.PYC_SUFFIX);
        if (has(bytecode) && (has(source) || !passesInit.test(bytecode))) {
            return new Hider(Placement.HIDDEN_BY_PACKAGE, bytecode);
        }
        return has(source) && !has(bytecode)
                ? new Hider(Placement.HIDDEN_BY_PACKAGE, source)
                : new Hider(Placement.ARCHIVE, null);
    }

    /** Tells whether imports reach the modules of a directory, which they do not where a directory above is no package. */
    private Hider directory(RawPath name) {
        if (reached.contains(name)) {
            return new Hider(Placement.ARCHIVE, null);
        }
        Hider known = hidden.get(name);
        if (known == null) {
            Hider above = directory(name.parent());
            known = above.placement() == Placement.ARCHIVE ? own(name) : above;
            if (known.placement() == Placement.ARCHIVE) {
                reached.add(name);
            } else {
                hidden.put(name, known);
            }
        }
        return known;
    }

    private Hider own(RawPath name) {
        for (String suffix : List.of(PycPath.PYC_SUFFIX, PycPath.SOURCE_SUFFIX)) {
            if (has(name.resolve(INIT + suffix))) {
                return new Hider(Placement.ARCHIVE, null);
            }
        }
        for (String suffix : List.of(PycPath.PYC_SUFFIX, PycPath.SOURCE_SUFFIX)) {
            RawPath module = suffixed(name, suffix);
            if (has(module)) {
                return new Hider(Placement.HIDDEN_BY_MODULE, module);
            }
        }
        boolean portion = impliesDirectories || directory.hasDirectory(inner.resolve(name));
        return new Hider(
                portion && name.name().toPython().indexOf('.') < 0 ? Placement.ARCHIVE : Placement.OUTSIDE_PACKAGE,
                null);
    }

    private boolean has(RawPath name) {
        return directory.files().containsKey(inner.resolve(name));
    }

    /** A path with {@code suffix} behind its last name. */
    static RawPath suffixed(RawPath path, String suffix) {
        byte[] stem = path.toBytes();
        byte[] end = RawPath.of(suffix).toBytes();
        byte[] all = new byte[stem.length + end.length];
        System.arraycopy(stem, 0, all, 0, stem.length);
        System.arraycopy(end, 0, all, stem.length, end.length);
        return RawPath.of(all, 0, all.length);
    }
}
