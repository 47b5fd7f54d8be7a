package dev.freshpyc.perf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The benches whose figures the file of results holds, in its order. */
enum ResultsPart {
    AUDIT("Audit", """
            `freshpyc audit --no-index` as a whole process, on a tree of real packages with up-to-date bytecode, against \
            `python3 -m compileall -q` (the peer) and a C program that does the least possible work (the floor)."""),
    REFRESH("Refresh and lookup", """
            `freshpyc refresh`, first and without a change, against an audit and a C program that only reads and hashes the \
            files, and `freshpyc lookup` as a whole process."""),
    REPAIR("Repair", """
            `freshpyc repair` of all headers of a tree against `compileall` with unchecked hashes and a C program that only \
            writes the headers."""),
    PROOFS("Proofs", """
            What it costs to keep proofs of bodies, and what a known proof saves an audit and a repair of a copied tree, against \
            `compileall`. What takes seconds runs less often."""),
    PROOFS_LARGE("Proofs of a large tree", """
            The same with 100,000 pairs."""),
    ENTRY_POINTS("Entry points", """
            The cached entry points in a Python program, against `importlib.metadata` and a JSON file that holds the answer."""),
    ARCHIVES("Archives", """
            `freshpyc audit` of a zip archive against a Python program that reads the headers with `zipfile`."""),
    HOOKS("Hooks", """
            What the hooks of dpkg and pip add to the installation of a package of 100 files, on a tree of 50,000 pairs."""),
    LOOKUP("Lookup in a running program", """
            One lookup in an open index, by JMH with three forks; the error is the half width of the 99.9 % interval."""),
    SERVICE("Service", """
            A running `freshpyc serve` with its embedded database, over the loopback interface, with clients on the same processor."""),
    APPLICATIONS("Start-up of applications", """
            The start of programs of Debian's packages with their bytecode in every state, on the file system of the machine and \
            on an EROFS image whose files have mtime 0. The interval holds the median with 95 %."""),
    GROWTH("Growth", """
            Time, memory and the size of the index from 1,000 pairs on, a pair being a source with its bytecode."""),
    GROWTH_IN_MEMORY("Growth in memory", """
            The same on a file system in memory, where more pairs can be repaired in a reasonable time.""");

    /** Linux keeps the files here in memory ({@code shm_overview(7)}). */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final String title;
    private final String about;

    ResultsPart(String title, String about) {
        this.title = title;
        this.about = about;
    }

    String title() {
        return title;
    }

    /** What is measured. */
    String about() {
        return about;
    }

    /** Where to build trees instead of the folder that the user has chosen. */
    Optional<Path> place() {
        return this == GROWTH_IN_MEMORY ? Optional.of(MEMORY) : Optional.empty();
    }

    /**
     * The size of the tree that the figures are about.
     *
     * @param usual the size of the trees of most sections
     * @param largest a bound for the sections that have larger ones
     */
    int pairs(int usual, int largest) {
        return switch (this) {
            case GROWTH, PROOFS_LARGE -> Math.min(largest, BenchOptions.LARGE_PAIRS);
            case HOOKS -> Math.min(largest, HookBench.PAIRS);
            case GROWTH_IN_MEMORY -> largest;
            default -> usual;
        };
    }

    /** Measures and prints the figures. */
    void measure(BenchRun run) throws IOException, InterruptedException {
        switch (this) {
            case AUDIT -> AuditBench.run(run);
            case REFRESH -> RefreshBench.run(run);
            case REPAIR -> RepairBench.run(run);
            case PROOFS, PROOFS_LARGE -> ProofBench.run(run);
            case ENTRY_POINTS -> EntryPointBench.run(run);
            case ARCHIVES -> ArchiveBench.run(run);
            case HOOKS -> HookBench.run(run);
            case LOOKUP -> JmhBench.run(run);
            case SERVICE -> ServiceBench.run(run);
            case APPLICATIONS -> ApplicationBench.run(run);
            case GROWTH -> GrowthBench.run(run, "growth");
            case GROWTH_IN_MEMORY -> GrowthBench.run(run, "growth-in-memory");
        }
    }

    /** The name in options: {@code entry-points}. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The part of this name; an {@link IllegalArgumentException} lists the names. */
    static ResultsPart of(String option) {
        return Arrays.stream(values())
                .filter(part -> part.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no section " + option + ", but: "
                        + Arrays.stream(values()).map(ResultsPart::option).collect(Collectors.joining(", "))));
    }
}
