package dev.freshpyc.core.marshal;

/**
 * Ends a walk before its time, with the answer. An exception because it is thrown from below many reads and caught in one
 * place; it never leaves the package and carries no stack trace, which would cost more than the walk.
 */
final class Halt extends Exception {
    private static final long serialVersionUID = 1;

    private final transient MarshalBody answer;

    Halt(MarshalBody answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    static Halt malformed(long offset, MarshalBody.Defect defect) {
        return new Halt(new MarshalBody.Malformed(offset, defect));
    }

    MarshalBody answer() {
        return answer;
    }
}
