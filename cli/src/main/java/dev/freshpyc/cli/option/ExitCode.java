package dev.freshpyc.cli.option;

/** The exit codes of the process. */
public final class ExitCode {

    /** The command is done, and there is no finding. */
    public static final int OK = 0;

    /** There are findings that {@code --fail-on} names. */
    public static final int FINDINGS = 1;

    /** The command line cannot be understood. */
    public static final int USAGE = 2;

    /** Some paths could not be read, or nothing could be written. */
    public static final int INCOMPLETE = 3;

    /** Both {@link #FINDINGS} and {@link #INCOMPLETE}. */
    public static final int FINDINGS_AND_INCOMPLETE = 4;

    /** The end of the help. It must not have a percent sign, which would be read as a format. */
    public static final String HELP =
            "Exit codes: 0 clean or done; 1 findings that --fail-on names, or something left unrepaired; 2 usage;"
                    + " 3 incomplete: some paths could not be read, or nothing could be written; 4 both 1 and 3.";

    private ExitCode() {}

    /** The code of a run that was not broken off. */
    public static int of(boolean findings, boolean incomplete) {
        if (findings) {
            return incomplete ? FINDINGS_AND_INCOMPLETE : FINDINGS;
        }
        return incomplete ? INCOMPLETE : OK;
    }
}
