package dev.freshpyc.core.verdict;

/** What the interpreter does with one file when its module is imported. */
public enum InterpreterAnswer {
    /** Runs the bytecode. */
    LOADS("loads"),
    /** Rejects the bytecode and compiles the source. */
    RECOMPILES("recompiles"),
    /** Never looks at the file. */
    IGNORES("ignores"),
    /** Raises an exception, which ends the import. */
    FAILS("fails");

    private final String label;

    InterpreterAnswer(String label) {
        this.label = label;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }
}
