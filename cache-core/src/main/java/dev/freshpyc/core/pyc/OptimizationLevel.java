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

    /** The most digits of a requested level: such a number fits in an {@code int}, and nobody asks for a larger one. */
    private static final int MAX_DIGITS = 9;

    public OptimizationLevel {
        if (!name.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("not an optimization level: " + name);
        }
    }

    /**
     * Whether an interpreter asks for this level: {@code sys.flags.optimize} counts the letters O ({@code -OOO} is 3), or is the
     * number in {@code PYTHONOPTIMIZE}. Neither is written with a zero in front.
     */
    public boolean isRequested() {
        return name.isEmpty() || (isNumber() && name.charAt(0) != '0' && name.length() <= MAX_DIGITS);
    }

    /** Whether a tool chose this level with the parameter {@code optimization} of {@code importlib.util.cache_from_source}. */
    boolean isOfTool() {
        return !isNumber();
    }

    private boolean isNumber() {
        for (int i = 0; i < name.length(); i++) {
            if (!Character.isDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The part of a file name between tag and {@code .pyc}: nothing, or {@code .opt-1}. */
    String suffix() {
        return name.isEmpty() ? "" : "." + PREFIX + name;
    }
}
