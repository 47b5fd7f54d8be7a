package dev.freshpyc.core.pyc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a cached file's name that says which interpreter reads it: {@code sys.implementation.cache_tag}, such as
 * {@code cpython-311} (PEP 3147). It decides how the header is read and which magic numbers that interpreter accepts.
 */
public final class CacheTag {

    private static final Pattern CPYTHON = Pattern.compile("cpython-(\\d)(\\d{1,2})");
    private static final Pattern PYPY = Pattern.compile("pypy(\\d)(\\d{1,2})");
    private static final Pattern GRAALPY = Pattern.compile("graalpy(\\d{3})(?:dev[0-9a-f]*)?-(\\d)(\\d{1,2})");

    /** The tags of interpreters, each at the beginning of a name part; more may follow behind a dash or a dot. */
    private static final Pattern BEGINS_WITH_TAG =
            Pattern.compile("(?:" + CPYTHON + "|" + PYPY + "|" + GRAALPY + ")(?:[-.].*[^.])?", Pattern.DOTALL);

    private final String name;
    private final Optional<PythonVersion> version;
    private final PycFormat format;
    private final List<Magic> known;

    private CacheTag(String name, Optional<PythonVersion> version, PycFormat format, List<Magic> known) {
        this.name = name;
        this.version = version;
        this.format = format;
        this.known = known;
    }

    /** The tag of that name. Any name is a tag; a name that no table knows is read as current versions write. */
    public static CacheTag of(String name) {
        Matcher cpython = CPYTHON.matcher(name);
        if (cpython.matches()) {
            return of(name, PythonVersion.cpython(number(cpython, 1), number(cpython, 2)));
        }
        Matcher pypy = PYPY.matcher(name);
        if (pypy.matches()) {
            return of(name, PythonVersion.pypy(number(pypy, 1), number(pypy, 2)));
        }
        Matcher graalpy = GRAALPY.matcher(name);
        if (graalpy.matches()) {
            PythonVersion version = PythonVersion.graalpy(number(graalpy, 2), number(graalpy, 3));
            return new CacheTag(name, Optional.of(version), PycFormat.graalpy(number(graalpy, 1)), List.of());
        }
        return new CacheTag(name, Optional.empty(), PycFormat.CURRENT, List.of());
    }

    /** The tags of final releases, the oldest of each implementation first. Python before 3.2 has no tags. */
    public static List<String> knownNames() {
        return MagicTable.versions().stream()
                .filter(version -> version.atLeast(3, 2))
                .map(CacheTag::nameFor)
                .toList();
    }

    /** Whether a final release has this tag. GraalPy's tags name its own release too; each of its releases is known. */
    public boolean isKnown() {
        return version.isPresent()
                && version.get().atLeast(3, 2)
                && MagicTable.versions().contains(version.get());
    }

    /** Whether a part that begins with this byte may begin with the tag of an interpreter. */
    static boolean mayBeginTag(byte first) {
        return first == 'c' || first == 'p' || first == 'g';
    }

    /** Whether {@code text} begins with the tag of an interpreter that a dash, a dot or nothing follows. */
    static boolean beginsWithTag(String text) {
        return BEGINS_WITH_TAG.matcher(text).matches();
    }

    /**
     * Whether a tool made this tag from an interpreter's, as pytest does for the modules that it rewrites ({@code
     * cpython-312-pytest-8.3.4}): no import reads such files.
     */
    public boolean isOfTool() {
        return version.isEmpty() && known.isEmpty() && beginsWithTag(name);
    }

    /**
     * Whether an interpreter of this tag asks for a file of that level. From 3.5 on, a level stands in the name (PEP 488); before,
     * {@code -O} and {@code -OO} both ask for a file that ends in {@code .pyo}.
     */
    public boolean asksFor(OptimizationLevel level, boolean pyo) {
        boolean old = version.isPresent() && !version.get().atLeast(3, 5);
        return old ? level.equals(pyo ? OptimizationLevel.O1 : OptimizationLevel.NONE) : !pyo && level.isRequested();
    }

    private static String nameFor(PythonVersion version) {
        String language = version.major() + "" + version.minor();
        return switch (version.implementation()) {
            case CPYTHON -> "cpython-" + language;
            case PYPY -> "pypy" + language;
            case GRAALPY -> (language.equals("311") ? "graalpy242-" : "graalpy250-") + language;
        };
    }

    /** This tag with its interpreter's own magic, as the interpreter reported it. */
    public CacheTag withMagic(Magic magic) {
        return new CacheTag(name, version, format, List.of(magic));
    }

    /** Whether an interpreter of this tag accepts a file that begins with {@code magic}. */
    public boolean accepts(Magic magic) {
        if (!known.isEmpty()) {
            return known.contains(magic);
        }
        Optional<PythonVersion> owner = MagicTable.owner(magic);
        return magic.wellFormed() && (owner.isEmpty() || owner.equals(version) || bothGraalpy(owner, version));
    }

    /** GraalPy's magic numbers follow its own releases, so one number serves two language versions. */
    private static boolean bothGraalpy(Optional<PythonVersion> owner, Optional<PythonVersion> version) {
        return owner.filter(PythonVersion::isGraalpy).isPresent()
                && version.filter(PythonVersion::isGraalpy).isPresent();
    }

    public String name() {
        return name;
    }

    /** The version in the name; empty for a name of unknown form. */
    public Optional<PythonVersion> version() {
        return version;
    }

    public PycFormat format() {
        return format;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheTag that && name.equals(that.name) && known.equals(that.known);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    private static CacheTag of(String name, PythonVersion version) {
        return new CacheTag(name, Optional.of(version), PycFormat.of(version), MagicTable.of(version));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
