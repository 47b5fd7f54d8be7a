package dev.freshpyc.core.pyc;

/**
 * The optimization level in a cached file's name (PEP 488): what {@code sys.flags.optimize} was.
 *
 * @param name letters and digits: empty for no optimization, {@code 1} for {@code -O}, {@code 2} for {@code -OO}
 */
public record OptimizationLevel(String name) {

    public static final OptimizationLevel NONE = new OptimizationLevel("");
    public static final OptimizationLevel O1 = new OptimizationLevel("1");
    public static final OptimizationLevel O2 = new OptimizationLevel("2");

    static final String PREFIX = "opt-";

    public OptimizationLevel {
        if (!name.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("not an optimization level: " + name);
        }
    }

    /** The part of a file name between tag and {@code .pyc}: nothing, or {@code .opt-1}. */
    String suffix() {
        return name.isEmpty() ? "" : "." + PREFIX + name;
    }
}
