package dev.freshpyc.core.marshal;

/**
 * Ends a walk early and carries the result. An exception, because many nested reads can end the walk and one method handles
 * the end. The exception never leaves the package. It has no stack trace, because a stack trace would cost more than the
 * walk.
 */
final class WalkEnd extends Exception {
    private static final long serialVersionUID = 1;

    private final transient MarshalBody answer;

    WalkEnd(MarshalBody answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    static WalkEnd malformed(long offset, MarshalBody.Defect defect) {
        return new WalkEnd(new MarshalBody.Malformed(offset, defect));
    }

    MarshalBody answer() {
        return answer;
    }
}
