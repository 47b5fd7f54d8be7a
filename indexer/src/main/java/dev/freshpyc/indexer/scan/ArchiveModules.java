package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.ZipRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which member of an archive one interpreter imports. The order is that of {@code zipimport._zip_searchorder}: {@code
 * a/__init__.pyc}, {@code a/__init__.py}, {@code a.pyc}, {@code a.py}. Before Python 3.5, {@code .pyo} members come after the {@code
 * .pyc} members, and before them with {@code -O}. An import goes on to the next member after bytecode that it rejects. Names are
 * relative to the entry.
 */
final class ArchiveModules {

    private static final String INIT = "__init__";

    private static final List<String> SUFFIXES = List.of(PycPath.PYC_SUFFIX, PycPath.SOURCE_SUFFIX);
    private static final List<String> OLD_SUFFIXES =
            List.of(PycPath.PYC_SUFFIX, PycPath.PYO_SUFFIX, PycPath.SOURCE_SUFFIX);
    private static final List<String> OPTIMIZED_SUFFIXES =
            List.of(PycPath.PYO_SUFFIX, PycPath.PYC_SUFFIX, PycPath.SOURCE_SUFFIX);

    private final CentralDirectory directory;
    private final RawPath inner;
    private final ZipRules rules;
    private final @Nullable FoundElsewhere elsewhere;
    private final Predicate<RawPath> rejected;
    private final Map<RawPath, Hider> hidden = new HashMap<>();
    private final Set<RawPath> reached = new HashSet<>();

    /**
     * The modules of an archive, as one interpreter finds them.
     *
     * @param elsewhere the modules that the interpreter finds without a look at the archive; null for none
     * @param rejected whether the interpreter rejects a bytecode member, and goes on to the next member
     */
    ArchiveModules(
            CentralDirectory directory,
            RawPath inner,
            ZipRules rules,
            @Nullable FoundElsewhere elsewhere,
            Predicate<RawPath> rejected) {
        this.directory = directory;
        this.inner = inner;
        this.rules = rules;
        this.elsewhere = elsewhere;
        this.rejected = rejected;
        reached.add(RawPath.EMPTY);
    }

    /** The bytecode members of an archive, sorted by name. */
    static List<RawPath> pycs(CentralDirectory directory, RawPath inner) {
        return directory.files().keySet().stream()
                .filter(PycPath::isBytecode)
                .flatMap(name -> name.relativeTo(inner).stream())
                .sorted()
                .toList();
    }

    /** The source that the bytecode belongs to. */
    static RawPath sourceOf(RawPath pyc) {
        return RawPath.of(pyc.toBytes(), 0, pyc.length() - 1);
    }

    /** Whether a bytecode member is for {@code -O}. */
    static boolean isOptimized(RawPath pyc) {
        return pyc.endsWith(PycPath.PYO_SUFFIX);
    }

    /**
     * The placement of a bytecode member, which need not exist. The path is that of the member that hides it from imports, or that the
     * import takes when it rejects this one.
     */
    Hider place(RawPath pyc) {
        boolean optimized = isOptimized(pyc);
        RawPath module = RawPath.of(pyc.toBytes(), 0, pyc.length() - PycPath.PYC_SUFFIX.length());
        RawPath name = module.name();
        if (name.equals(RawPath.EMPTY) || hasDot(name) || (optimized && !rules.pyo())) {
            return new Hider(Placement.UNREQUESTED, null);
        }
        @Nullable Hider first = elsewhere == null ? null : elsewhere.inPlaceOf(module, optimized);
        if (first != null) {
            return first;
        }
        Hider above = directory(module.parent());
        if (above.placement() != Placement.ARCHIVE) {
            return above;
        }
        Stream<RawPath> later = members(module, optimized).filter(member -> !member.equals(pyc));
        if (name.equals(RawPath.of(INIT)) && !module.parent().equals(RawPath.EMPTY)) {
            later = Stream.concat(later, members(module.parent(), optimized));
        } else {
            Optional<RawPath> init = taken(members(module.resolve(INIT), optimized));
            if (init.isPresent()) {
                return new Hider(Placement.HIDDEN_BY_PACKAGE, init.get());
            }
        }
        return taken(later)
                .filter(next -> !next.equals(sourceOf(pyc)))
                .map(next -> new Hider(Placement.ARCHIVE_FIRST, next))
                .orElse(new Hider(Placement.ARCHIVE, null));
    }

    /** The modules that a package hides, relative to the entry; the package is named by its directory. */
    List<RawPath> hiddenBy(RawPath packageDirectory) {
        RawPath source = suffixed(packageDirectory, PycPath.SOURCE_SUFFIX);
        boolean hides = place(suffixed(source, "c")).placement() == Placement.HIDDEN_BY_PACKAGE;
        return hides ? members(packageDirectory, false).toList() : List.of();
    }

    /** The first member that the interpreter does not reject. */
    private Optional<RawPath> taken(Stream<RawPath> members) {
        return members.filter(member -> !PycPath.isBytecode(member) || !rejected.test(member))
                .findFirst();
    }

    /** The members of a module, in the order in which an import looks at them. */
    private Stream<RawPath> members(RawPath module, boolean optimized) {
        List<String> suffixes = !rules.pyo() ? SUFFIXES : optimized ? OPTIMIZED_SUFFIXES : OLD_SUFFIXES;
        return suffixes.stream().map(suffix -> suffixed(module, suffix)).filter(this::has);
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
        List<RawPath> inits = members(name.resolve(INIT), false).toList();
        if (taken(inits.stream()).isPresent()) {
            return new Hider(Placement.ARCHIVE, null);
        }
        Optional<RawPath> module = taken(members(name, false));
        if (module.isEmpty() && !inits.isEmpty()) {
            return new Hider(
                    Placement.ARCHIVE, null); // the import of the package fails, as the verdict on its bytecode says
        }
        module = module.or(() -> members(name, false).findFirst());
        if (module.isPresent()) {
            return new Hider(Placement.HIDDEN_BY_MODULE, module.get());
        }
        boolean portion =
                rules.impliesDirectories() || (rules.namespaces() && directory.hasDirectory(inner.resolve(name)));
        return new Hider(portion && !hasDot(name.name()) ? Placement.ARCHIVE : Placement.OUTSIDE_PACKAGE, null);
    }

    private boolean has(RawPath name) {
        return directory.files().containsKey(inner.resolve(name));
    }

    private static boolean hasDot(RawPath name) {
        return name.toPython().indexOf('.') >= 0;
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
