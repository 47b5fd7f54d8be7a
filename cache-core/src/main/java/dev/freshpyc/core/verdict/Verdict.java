package dev.freshpyc.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * The answer to both questions about one bytecode file: what the interpreter does with it, and whether it is its source's.
 *
 * @param interpreter null where it cannot be told
 * @param evidence null where nothing was compared
 */
public record Verdict(
        Kind kind,
        @Nullable InterpreterAnswer interpreter,
        Reason reason,
        @Nullable Evidence evidence) {

    /** The verdicts, each with its usual meaning; what the interpreter does may differ for a single file. */
    public enum Kind {
        /** Loads, and nothing speaks against it. */
        FRESH("fresh"),
        /** Is recompiled, though it is proven to be the source's. */
        NEEDLESS("needless"),
        /** Is recompiled, and is not known to be the source's. */
        STALE("stale"),
        /** Loads, though it is proven not to be the source's: old code runs in silence. */
        IMPOSTOR("impostor"),
        /** Passes for valid, and then the import fails. */
        FATAL("fatal"),
        /** Its magic is not one of its tag's interpreter. */
        FOREIGN("foreign"),
        /** Its header is too short or has flags that no interpreter knows. */
        MALFORMED("malformed"),
        /** Lies in a cache, and its source is gone. */
        ORPHANED("orphaned"),
        /** Legacy file without a source, imported in its place. */
        SOURCELESS("sourceless"),
        /** Where nobody looks, because something else comes first. */
        SHADOWED("shadowed"),
        /** Expected and not there. */
        MISSING("missing"),
        /** Could not be judged this time, though it could be read. */
        UNDECIDED("undecided"),
        /** Could not be read. */
        UNREADABLE("unreadable");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word in reports and for {@code --fail-on}. */
        public String label() {
            return label;
        }
    }
}
