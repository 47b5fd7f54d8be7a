package dev.freshpyc.cli.command;

/** Ends a command with one clear line on standard error and an exit code. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String line;

    CommandFailure(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
        this.line = line;
    }

    String line() {
        return line;
    }

    int exitCode() {
        return exitCode;
    }
}
