package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.PythonVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the standard library of a CPython by reading files, as its {@code getpath} does. The search begins at the
 * directory of the executable, or at {@code home} of a {@code pyvenv.cfg}, and goes up to the directory that holds
 * {@code lib/pythonX.Y/os.py}; it ends before the root directory.
 *
 * <p>If that search fails, CPython takes the prefix that was compiled into it. This prefix is the place of its
 * installation, so it is found through the links of {@code home} and of the executable.
 *
 * @param executable absolute
 * @param program the executable, then the target of each link in turn
 */
record LayoutSearch(SiteFiles files, RawPath executable, List<RawPath> program, Optional<VenvConfig> venv) {

    private static final Pattern NAME = Pattern.compile("python(\\d)\\.(\\d{1,2})(t?)");
    private static final Pattern ANY_PYTHON = Pattern.compile("python\\d*t?");
    private static final Pattern OTHER = Pattern.compile("(pypy|graalpy).*");
    private static final Pattern NUMBER = Pattern.compile("(\\d)\\.(\\d{1,2})(?:\\D.*)?");
    private static final List<String> PLATFORMS = List.of("lib", "lib64");
    private static final RawPath ROOT = RawPath.of("/");
    private static final RawPath BIN = RawPath.of("/bin");
    private static final RawPath USR_BIN = RawPath.of("/usr/bin");
    private static final int MOST_LINKS = 40;
    private static final int MOST_NESTED = 8;

    /** The version of a Python and the suffix in the names of its directories. */
    private record Release(PythonVersion version, String abi) {

        String directory() {
            return "python" + version.major() + "." + version.minor() + abi;
        }

        /** The names of its programs. */
        Stream<String> programs() {
            return Stream.of(directory(), "python" + version.major(), "python");
        }
    }

    /** A directory that holds a standard library. */
    private record LibraryHome(RawPath prefix, String platform) {}

    static LayoutSearch of(SiteFiles files, RawPath executable) {
        RawPath absolute = PythonPaths.normal(executable);
        return new LayoutSearch(files, absolute, links(files, absolute), VenvConfig.of(files, absolute));
    }

    Optional<InterpreterLayout> layout() {
        if (isOtherImplementation() || isOverridden()) {
            return Optional.empty();
        }
        return releases()
                .flatMap(release -> startingPoints(release)
                        .flatMap(place -> search(place, release).stream())
                        .map(home -> layout(release, home))
                        .limit(1))
                .findFirst();
    }

    /** Why there is no layout; a sentence without a full stop, safe to print. */
    String absence() {
        if (isOtherImplementation()) {
            return "only PyPy and GraalPy themselves know their path, so they must be started";
        }
        return isOverridden()
                ? "a file ._pth or pybuilddir.txt replaces the search for its standard library"
                : "no standard library was found from " + begin().shown();
    }

    private InterpreterLayout layout(Release release, LibraryHome home) {
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

    /** Whether the program is a PyPy or a GraalPy, which find their libraries by rules of their own. */
    private boolean isOtherImplementation() {
        return program.stream().anyMatch(file -> matches(OTHER, file.name()))
                || venv.flatMap(VenvConfig::implementation).stream()
                        .anyMatch(name -> matches(OTHER, RawPath.of(name.toLowerCase(Locale.ROOT))))
                || (venv.isPresent() && ownLibraries().anyMatch(name -> matches(OTHER, name)));
    }

    /** Whether a file {@code ._pth} or {@code pybuilddir.txt} replaces the search. */
    private boolean isOverridden() {
        return Stream.of(executable, program.getLast())
                .anyMatch(file -> files.isFile(file.parent().resolve(file.name().toPython() + "._pth"))
                        || files.isFile(file.parent().resolve("pybuilddir.txt")));
    }

    private RawPath begin() {
        return home().orElseGet(() -> program.getLast().parent());
    }

    private Optional<RawPath> home() {
        return venv.flatMap(VenvConfig::home).map(home -> withoutDots(files, home));
    }

    /** The directories from which the library of a release is searched, the best first. */
    private Stream<RawPath> startingPoints(Release release) {
        Stream<RawPath> ofHome = home().stream().flatMap(home -> installed(home, release));
        RawPath last = program.getLast();
        return Stream.of(
                        Stream.of(begin()),
                        ofHome,
                        Stream.of(last.parent(), files.real(last).parent()),
                        Stream.of(USR_BIN).filter(_ -> begin().equals(BIN)))
                .flatMap(found -> found);
    }

    /**
     * Where the programs in a directory {@code home} are installed. The directory may hold links, and may itself belong
     * to a virtual environment.
     */
    private Stream<RawPath> installed(RawPath home, Release release) {
        List<RawPath> found = new ArrayList<>();
        Optional<RawPath> at = Optional.of(home);
        for (int depth = 0; depth < MOST_NESTED && at.isPresent(); depth++) {
            RawPath here = at.get();
            found.add(here);
            release.programs()
                    .map(here::resolve)
                    .filter(files::isFile)
                    .flatMap(file -> Stream.of(links(files, file).getLast(), files.real(file)))
                    .map(RawPath::parent)
                    .forEach(found::add);
            at = VenvConfig.of(files, here.resolve("python"))
                    .flatMap(VenvConfig::home)
                    .map(next -> withoutDots(files, next));
        }
        return found.stream().distinct();
    }

    /**
     * The releases that the program may be, the likeliest first. A version in the name of the program decides, since
     * the library of another version would be wrong. Without such a name, the virtual environment, other names of the
     * program, and the libraries where the search begins tell the release.
     */
    private Stream<Release> releases() {
        Optional<Release> named = named(program);
        if (named.isPresent()) {
            return named.stream();
        }
        Stream<Release> stated = venv.flatMap(VenvConfig::version).flatMap(text -> release(NUMBER, text)).stream();
        Stream<Release> own = venv.isPresent() ? sorted(ownLibraries()) : Stream.empty();
        Stream<Release> ofHome = home().stream()
                .flatMap(home ->
                        Stream.of(executable.name(), RawPath.of("python3")).map(home::resolve))
                .flatMap(file -> named(links(files, file)).stream());
        boolean python = venv.isPresent() || program.stream().anyMatch(file -> matches(ANY_PYTHON, file.name()));
        Stream<Release> beside = python ? sorted(libraries(begin().parent())) : Stream.empty();
        return Stream.of(stated, own, ofHome, beside).flatMap(found -> found);
    }

    private Stream<RawPath> ownLibraries() {
        return libraries(executable.parent().parent());
    }

    private Stream<RawPath> libraries(RawPath prefix) {
        return PLATFORMS.stream()
                .map(prefix::resolve)
                .flatMap(lib -> files.list(lib, SitePath.MOST).stream().flatMap(List::stream));
    }

    /** The releases of libraries, the newest first. */
    private static Stream<Release> sorted(Stream<RawPath> libraries) {
        return libraries
                .flatMap(name -> release(NAME, name.toPython()).stream())
                .sorted(Comparator.comparing(Release::version).reversed());
    }

    /** The release in the last name that tells a release. */
    private static Optional<Release> named(List<RawPath> links) {
        return links.reversed().stream()
                .flatMap(file -> release(NAME, file.name().toPython()).stream())
                .findFirst();
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

    private static boolean matches(Pattern pattern, RawPath name) {
        return pattern.matcher(name.toPython()).matches();
    }

    private Optional<LibraryHome> search(RawPath begin, Release release) {
        for (RawPath at = begin; !at.equals(ROOT) && !at.equals(RawPath.EMPTY); at = at.parent()) {
            for (String platform : PLATFORMS) {
                RawPath library = at.resolve(platform).resolve(release.directory());
                if (files.isFile(library.resolve("os.py")) || files.isFile(library.resolve("os.pyc"))) {
                    return Optional.of(new LibraryHome(at, platform));
                }
            }
        }
        return Optional.empty();
    }

    /** A file, then the target of each link in turn. Links of directories are not resolved, as in {@code getpath}. */
    private static List<RawPath> links(SiteFiles files, RawPath file) {
        List<RawPath> found = new ArrayList<>(List.of(file));
        while (found.size() <= MOST_LINKS) {
            RawPath at = found.getLast();
            Optional<RawPath> target = files.link(at);
            if (target.isEmpty()) {
                break;
            }
            found.add(withoutDots(files, at.parent().locate(target.get())));
        }
        return found;
    }

    /**
     * The path without the names {@code .} and {@code ..}; unchanged if no such file exists, since {@code ..} may
     * follow a link.
     */
    private static RawPath withoutDots(SiteFiles files, RawPath path) {
        RawPath normal = path.normalized();
        return files.exists(normal) ? normal : path;
    }
}
