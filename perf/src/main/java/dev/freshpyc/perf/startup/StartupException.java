package dev.freshpyc.perf.startup;

/** A command cannot be measured; the message is complete, and names in it are escaped. */
public final class StartupException extends Exception {

    private static final long serialVersionUID = 1;

    public StartupException(String message) {
        super(message);
    }
}
