package dev.freshpyc.core.plan;

/** Why a clean removes a bytecode file. */
public enum RemovalReason {
    /** The source is gone. */
    ORPHANED("orphaned"),
    /** The interpreter of the file's tag is not there. */
    FOREIGN("foreign"),
    /** The user named the file's optimization level. */
    LEVEL("level"),
    /** The file's module is not in the profile that the user named. */
    NOT_IN_PROFILE("not-in-profile"),
    /** A tool, such as pytest, wrote the file for itself. */
    OTHER_TOOL("other-tool");

    private final String label;

    RemovalReason(String label) {
        this.label = label;
    }

    /** The word in reports. */
    public String label() {
        return label;
    }
}
