package dev.freshpyc.cli.option;

/** The exit codes of the process. */
public final class ExitCode {

    /** Clean, or done. */
    public static final int OK = 0;

    /** There are findings that {@code --fail-on} names. */
    public static final int FINDINGS = 1;

    /** The command line cannot be understood. */
    public static final int USAGE = 2;

    /** Some paths could not be read. */
    public static final int INCOMPLETE = 3;

    private ExitCode() {}
}
