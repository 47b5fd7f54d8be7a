package dev.freshpyc.core.pyc;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The suffixes by which a version finds extension modules ({@code importlib.machinery.EXTENSION_SUFFIXES}), which it looks for
 * before sources. They were read from CPython 2.7 and 3.6 to 3.14 and from GraalPy 24.2 and 25.0 on Linux. A suffix that is not
 * known for sure is not accepted: debug and free-threaded builds, other processors, other systems.
 */
public final class ExtensionSuffix {

    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");
    private static final String PROCESSOR = processor(System.getProperty("os.arch", ""));
    private static final Pattern LIBRARY = Pattern.compile("linux-(gnu|musl)(eabihf|x32)?\\.so");

    private ExtensionSuffix() {}

    /**
     * The place of a suffix in the order in which the version tries its suffixes; empty when the version does not try it.
     *
     * @param suffix the name from its first dot; for 2.7 {@code module.so} as well
     * @param tag the cache tag, which GraalPy's suffix contains; null when it is not known
     */
    public static Optional<Integer> rank(String suffix, PythonVersion version, @Nullable String tag) {
        if (!LINUX) {
            return Optional.empty();
        }
        return switch (version.implementation()) {
            case CPYTHON -> version.atLeast(3, 3) ? current(suffix, version) : old(suffix);
            case PYPY -> onlyIf(isNative(suffix, "\\.pypy" + version.major() + version.minor() + "-pp\\d+-"), 0);
            case GRAALPY -> graalpy(suffix, tag);
        };
    }

    private static Optional<Integer> current(String suffix, PythonVersion version) {
        return switch (suffix) {
            case ".abi3.so" -> Optional.of(1);
            case ".so" -> Optional.of(2);
            default -> {
                String abi = version.atLeast(3, 8) ? "" : "m";
                String prefix = "\\.cpython-" + version.major() + version.minor() + abi + "-";
                yield onlyIf(isNative(suffix, prefix), 0);
            }
        };
    }

    private static Optional<Integer> old(String suffix) {
        return switch (suffix) {
            case ".so" -> Optional.of(0);
            case "module.so" -> Optional.of(1);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> graalpy(String suffix, @Nullable String tag) {
        return switch (suffix) {
            case ".so" -> Optional.of(1);
            case ".pyd" -> Optional.of(2);
            default -> onlyIf(suffix.equals("." + tag + "-native-" + PROCESSOR + "-linux.so"), 0);
        };
    }

    private static boolean isNative(String suffix, String prefix) {
        return !PROCESSOR.isEmpty() && suffix.matches(prefix + PROCESSOR + "-" + LIBRARY);
    }

    private static Optional<Integer> onlyIf(boolean accepted, int rank) {
        return accepted ? Optional.of(rank) : Optional.empty();
    }

    /** The processor as GNU triplets name it; empty for one whose name is not known. */
    private static String processor(String java) {
        return switch (java.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "aarch64";
            case "x86", "i386" -> "i386";
            case "arm" -> "arm";
            case "ppc64le" -> "powerpc64le";
            case "s390x" -> "s390x";
            case "riscv64" -> "riscv64";
            default -> "";
        };
    }
}
