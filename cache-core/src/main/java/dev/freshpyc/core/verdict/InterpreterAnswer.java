package dev.freshpyc.core.verdict;

/** What the interpreter does with one very file when its module is imported. */
public enum InterpreterAnswer {
    /** Runs the bytecode. */
    LOADS("loads"),
    /** Distrusts it and compiles the source. */
    RECOMPILES("recompiles"),
    /** Never looks at it. */
    IGNORES("ignores"),
    /** Raises, and the import ends there. */
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
