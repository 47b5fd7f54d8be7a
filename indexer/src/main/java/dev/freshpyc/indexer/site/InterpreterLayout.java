package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories of a CPython's libraries, as {@link LayoutSearch} finds them.
 *
 * @param executable absolute
 * @param abi {@code t} for a free-threaded build, else empty
 * @param prefix {@code sys.prefix}
 * @param basePrefix {@code sys.base_prefix}
 * @param platform {@code sys.platlibdir}
 * @param dynload the directory of the extension modules of the standard library
 */
public record InterpreterLayout(
        RawPath executable,
        PythonVersion version,
        String abi,
        RawPath prefix,
        RawPath basePrefix,
        String platform,
        RawPath dynload,
        Optional<VenvConfig> venv,
        SiteRules rules) {

    /**
     * The layout of an executable. Empty where its version or its standard library is not found, where a file replaces the search,
     * as in build directories of Python and in embedded Pythons, and for PyPy and GraalPy.
     */
    public static Optional<InterpreterLayout> of(SiteFiles files, RawPath executable) {
        return LayoutSearch.of(files, executable).layout();
    }

    /** Why an executable has no layout; a sentence without a full stop, safe to print. */
    public static String absence(SiteFiles files, RawPath executable) {
        return LayoutSearch.of(files, executable).absence();
    }

    /** The directory of the standard library. */
    public RawPath library() {
        return basePrefix.resolve(platform).resolve(directory());
    }

    /** The path before {@code site.py} runs. */
    List<RawPath> begin() {
        RawPath zip = basePrefix.resolve(platform).resolve("python" + version.major() + version.minor() + abi + ".zip");
        if (!version.atLeast(3, 0)) {
            RawPath library = library();
            return List.of(
                    zip,
                    library,
                    library.resolve("plat-linux2"),
                    library.resolve("lib-tk"),
                    library.resolve("lib-old"),
                    dynload);
        }
        return List.of(zip, library(), dynload);
    }

    /** The site directories of the prefixes, existing or not, in the order of {@code site.getsitepackages}. */
    List<RawPath> siteDirectories() {
        Stream<RawPath> prefixes = venv.isEmpty()
                ? Stream.of(basePrefix)
                : venv.get().systemSite() ? Stream.of(prefix, basePrefix) : Stream.of(prefix);
        return prefixes.distinct().flatMap(this::siteDirectories).toList();
    }

    /** The user's site directory. */
    RawPath userSite(RawPath base) {
        return base.resolve("lib").resolve(directory()).resolve("site-packages");
    }

    private Stream<RawPath> siteDirectories(RawPath top) {
        Stream<RawPath> versioned = Stream.of(platform, "lib")
                .distinct()
                .map(lib -> top.resolve(lib).resolve(directory()));
        if (!rules.distPackages()) {
            return versioned.map(lib -> lib.resolve("site-packages"));
        }
        RawPath own = top.resolve("lib").resolve(directory()).resolve("site-packages");
        RawPath local = top.resolve("local/lib").resolve(directory()).resolve("dist-packages");
        RawPath shared = top.resolve("lib/python" + version.major() + "/dist-packages");
        return Stream.of(
                        Stream.of(own).filter(_ -> !prefix.equals(basePrefix)),
                        Stream.of(local, shared),
                        versioned.map(lib -> lib.resolve("dist-packages")))
                .flatMap(directories -> directories);
    }

    private String directory() {
        return "python" + version.major() + "." + version.minor() + abi;
    }
}
