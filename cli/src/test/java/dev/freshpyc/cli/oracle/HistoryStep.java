package dev.freshpyc.cli.oracle;

import java.util.List;

/** A step of a history and the module that it changes. A step that concerns the whole tree ignores the module. */
record HistoryStep(Step step, String module) {

    /** An event in the tree or a command of freshpyc. */
    enum Step {
        EDIT(Kind.EVENT),
        UPGRADE_WITH_CLAMPED_TIMES(Kind.EVENT),
        UPGRADE_WITH_BYTECODE(Kind.EVENT),
        MOVE_TIMES(Kind.EVENT),
        MOVE_TIMES_BACK(Kind.EVENT),
        TAMPER_IN_PLACE(Kind.EVENT),
        TAMPER_BY_REPLACING(Kind.EVENT),
        RESTORE_OLD_BYTECODE(Kind.EVENT),
        RUN_AND_WRITE(Kind.EVENT),
        COPY_TREE(Kind.EVENT),
        REPOINT_LINK(Kind.EVENT),
        MOVE_OTHER_CACHE(Kind.EVENT),
        COMPILE_BY_OTHER_RELEASE(Kind.EVENT),
        REFRESH(Kind.REFRESH),
        SETTLED_REFRESH(Kind.REFRESH),
        PROVE(Kind.REFRESH),
        VERIFY(Kind.REFRESH),
        VERIFY_WITH_OTHER_RELEASE(Kind.REFRESH),
        REPAIR_AUTO(Kind.REPAIR),
        REPAIR_TIMESTAMP(Kind.REPAIR),
        REPAIR_CHECKED(Kind.REPAIR),
        REPAIR_UNCHECKED(Kind.REPAIR),
        REPAIR_IN_PLACE(Kind.REPAIR),
        UNDO(Kind.UNDO),
        SAVE_SNAPSHOT(Kind.REFRESH),
        ROLLBACK(Kind.ROLLBACK);

        private final Kind kind;

        Step(Kind kind) {
            this.kind = kind;
        }

        enum Kind {
            EVENT,
            REFRESH,
            REPAIR,
            UNDO,
            ROLLBACK
        }

        Kind kind() {
            return kind;
        }

        /** Whether this step is a repair that gives every file a hash. */
        boolean writesHashes() {
            return this == REPAIR_CHECKED || this == REPAIR_UNCHECKED || this == REPAIR_IN_PLACE;
        }

        /** The options of a repair that converts every file; an empty list for every other step. */
        List<String> conversion() {
            return switch (this) {
                case REPAIR_TIMESTAMP -> List.of("--to", "timestamp");
                case REPAIR_CHECKED -> List.of("--to", "checked-hash");
                case REPAIR_UNCHECKED -> List.of("--to", "unchecked-hash");
                case REPAIR_IN_PLACE -> List.of("--to", "unchecked-hash", "--write", "in-place");
                default -> List.of();
            };
        }
    }
}
