package dev.freshpyc.cli.option;

/** Ends a command with one clear line on standard error and an exit code. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String line;

    public CommandFailure(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
        this.line = line;
    }

    public String line() {
        return line;
    }

    public int exitCode() {
        return exitCode;
    }
}
