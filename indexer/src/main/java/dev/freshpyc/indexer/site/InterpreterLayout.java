package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directories of a CPython's libraries. They are found from files as its {@code getpath} does: from the directory of the executable,
 * or from {@code home} of a {@code pyvenv.cfg}, upward to the directory that holds {@code lib/pythonX.Y/os.py}.
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

    private static final Pattern NAME = Pattern.compile("python(\\d)\\.(\\d{1,2})(t?)");
    private static final Pattern ANY_PYTHON = Pattern.compile("python\\d*t?");
    private static final Pattern NUMBER = Pattern.compile("(\\d)\\.(\\d{1,2})(?:\\D.*)?");
    private static final List<String> PLATFORMS = List.of("lib", "lib64");
    private static final int DEEPEST = 64;

    /** A Python's version and the suffix of its directories. */
    private record Release(PythonVersion version, String abi) {

        String directory() {
            return "python" + version.major() + "." + version.minor() + abi;
        }
    }

    /** A directory that holds a standard library. */
    private record Home(RawPath prefix, String platform) {}

    /**
     * The layout of an executable. Empty where its version or its standard library is not found, and where a file replaces the search,
     * as in build directories of Python and in embedded Pythons.
     */
    public static Optional<InterpreterLayout> of(SiteFiles files, RawPath executable) {
        RawPath absolute = PythonPaths.normal(executable);
        RawPath real = files.real(absolute);
        Optional<VenvConfig> venv = VenvConfig.of(files, absolute);
        RawPath begin = venv.flatMap(VenvConfig::home).orElse(real.parent());
        if (isSteered(files, absolute) || isSteered(files, real)) {
            return Optional.empty();
        }
        return releases(files, absolute, real, venv, begin)
                .flatMap(release ->
                        home(files, begin, release).map(home -> layout(files, absolute, release, home, venv)).stream())
                .findFirst();
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

    /** The zip file in which an interpreter looks for modules first, whether the file exists or not. */
    public RawPath zip() {
        return begin().getFirst();
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
        return new Release(version, abi).directory();
    }

    private static InterpreterLayout layout(
            SiteFiles files, RawPath executable, Release release, Home home, Optional<VenvConfig> venv) {
        RawPath library = home.prefix().resolve(home.platform()).resolve(release.directory());
        return new InterpreterLayout(
                executable,
                release.version(),
                release.abi(),
                venv.isPresent() ? executable.parent().parent() : home.prefix(),
                home.prefix(),
                home.platform(),
                library.resolve("lib-dynload"),
                venv,
                SiteRules.of(release.version(), files.read(library.resolve("site.py"), SiteRules.MAX_SIZE)));
    }

    /** Whether a file {@code ._pth} or {@code pybuilddir.txt} replaces the search. */
    private static boolean isSteered(SiteFiles files, RawPath executable) {
        return files.isFile(executable.parent().resolve(executable.name().toPython() + "._pth"))
                || files.isFile(executable.parent().resolve("pybuilddir.txt"));
    }

    /**
     * The releases that the executable may be: by the names of the file, by the virtual environment, and by the libraries in the
     * directory above where the program has Python's name.
     */
    private static Stream<Release> releases(
            SiteFiles files, RawPath executable, RawPath real, Optional<VenvConfig> venv, RawPath begin) {
        Stream<Release> named = Stream.of(real, executable)
                .flatMap(file -> release(NAME, file.name().toPython()).stream());
        Stream<Release> stated = venv.flatMap(VenvConfig::version).flatMap(text -> release(NUMBER, text)).stream();
        boolean python = venv.isPresent()
                || Stream.of(executable, real)
                        .anyMatch(file ->
                                ANY_PYTHON.matcher(file.name().toPython()).matches());
        Stream<Release> beside = Stream.of(begin.parent())
                .filter(_ -> python)
                .flatMap(top -> PLATFORMS.stream().map(top::resolve))
                .flatMap(lib -> files.list(lib, SitePath.MOST).stream().flatMap(List::stream))
                .flatMap(name -> release(NAME, name.toPython()).stream())
                .sorted((one, other) -> other.version().compareTo(one.version()));
        return Stream.of(named, stated, beside).flatMap(found -> found);
    }

    private static Optional<Release> release(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        PythonVersion version =
                PythonVersion.cpython(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return Optional.of(new Release(version, matcher.groupCount() > 2 ? matcher.group(3) : ""));
    }

    private static Optional<Home> home(SiteFiles files, RawPath begin, Release release) {
        RawPath at = begin;
        for (int depth = 0; depth < DEEPEST; depth++) {
            for (String platform : PLATFORMS) {
                RawPath library = at.resolve(platform).resolve(release.directory());
                if (files.isFile(library.resolve("os.py")) || files.isFile(library.resolve("os.pyc"))) {
                    return Optional.of(new Home(at, platform));
                }
            }
            if (at.parent().equals(at) || at.equals(RawPath.EMPTY)) {
                return Optional.empty();
            }
            at = at.parent();
        }
        return Optional.empty();
    }
}
