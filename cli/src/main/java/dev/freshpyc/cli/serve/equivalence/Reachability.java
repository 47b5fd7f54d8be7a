package dev.freshpyc.cli.serve.equivalence;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells an operator once when a database server stops answering, and once when it answers again, however many requests fail. */
final class Reachability {

    private final String name;
    private final Consumer<String> tell;
    private final AtomicBoolean isLost = new AtomicBoolean();

    Reachability(String name, Consumer<String> tell) {
        this.name = name;
        this.tell = tell;
    }

    void failed(SQLException failure) {
        if (!isLost.getAndSet(true)) {
            tell.accept(name + " cannot be used, and requests for equivalences are refused: " + reason(failure));
        }
    }

    /** The reason of a failure: the driver's message, since the pool's own message says only that it waited. */
    private static String reason(SQLException failure) {
        Throwable cause = failure.getCause() instanceof SQLException driver ? driver : failure;
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    void answered() {
        if (isLost.get() && isLost.getAndSet(false)) {
            tell.accept(name + " can be used again");
        }
    }
}
