package dev.freshpyc.cli.serve.equivalence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of a row that clients see. The names are those of the protocol, in JSON and in SQL. */
public enum Column {
    METHOD("method"),
    TASKHASH("taskhash"),
    OUTHASH("outhash"),
    UNIHASH("unihash"),
    OWNER("owner"),
    PN("PN"),
    PV("PV"),
    PR("PR"),
    TASK("task"),
    SIGINFO("outhash_siginfo");

    /** The columns that do not affect answers. */
    public static final List<Column> DETAILS = List.of(OWNER, PN, PV, PR, TASK, SIGINFO);

    private static final Map<String, Column> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Column::label, Function.identity()));

    private final String label;

    Column(String label) {
        this.label = label;
    }

    /** The name in JSON and in SQL. */
    public String label() {
        return label;
    }

    /** The column of a name. */
    public static Optional<Column> of(String name) {
        return Optional.ofNullable(BY_LABEL.get(name));
    }
}
