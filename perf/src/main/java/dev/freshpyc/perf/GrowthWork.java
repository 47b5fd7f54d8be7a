package dev.freshpyc.perf;

/** The works that {@link GrowthBench} measures at every size. */
enum GrowthWork {
    AUDIT("audit --no-index", true, 150),
    FIRST("first refresh", true, 256),
    UNCHANGED("unchanged refresh", true, 150),
    INDEXED("audit with index", true, 150),
    REPAIR("repair", true, 256),
    UNDO("undo", true, 256),
    LOOKUP("lookup", false, 0),
    STATUS("status", false, 0),
    CHANGED("ten changed paths", false, 0);

    private final String label;
    private final boolean wholeTree;
    private final int megabytes;

    GrowthWork(String label, boolean wholeTree, int megabytes) {
        this.label = label;
        this.wholeTree = wholeTree;
        this.megabytes = megabytes;
    }

    String label() {
        return label;
    }

    /** Whether the work goes through the whole tree, so that its time may grow with the tree, but no faster. */
    boolean isWholeTree() {
        return wholeTree;
    }

    /** MB of resident memory that suffice at any size; 0 where nothing is claimed. */
    int megabytes() {
        return megabytes;
    }

    /** Whether the work reads an index that it does not write: the index's mapped pages, which the kernel can drop, are not counted. */
    boolean isMapping() {
        return this == UNCHANGED || this == INDEXED;
    }
}
