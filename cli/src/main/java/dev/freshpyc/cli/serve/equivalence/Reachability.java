package dev.freshpyc.cli.serve.equivalence;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells an operator once when another server stops answering, and once when it answers again, however many requests fail. */
final class Reachability {

    private final String name;
    private final String consequence;
    private final Consumer<String> tell;
    private final AtomicBoolean isLost = new AtomicBoolean();

    /**
     * The reachability of a server.
     *
     * @param consequence what happens meanwhile, as the second half of a sentence
     * @param tell takes the lines
     */
    Reachability(String name, String consequence, Consumer<String> tell) {
        this.name = name;
        this.consequence = consequence;
        this.tell = tell;
    }

    void failed(String reason) {
        if (!isLost.getAndSet(true)) {
            tell.accept(name + " cannot be used, and " + consequence + ": " + reason);
        }
    }

    void answered() {
        if (isLost.get() && isLost.getAndSet(false)) {
            tell.accept(name + " can be used again");
        }
    }
}
