package dev.freshpyc.indexer.site;

import dev.freshpyc.core.path.RawPath;

/**
 * Something unusual about a {@code sys.path}.
 *
 * @param file the file that causes the finding, or the path entry itself
 * @param line the number of the line in the file, from 1; 0 for the whole file
 * @param text the line, or the directory that the entry leads to; the text may hold any characters
 */
public record PathFinding(Oddity kind, RawPath file, int line, RawPath text) {

    /** The kind of a finding. */
    public enum Oddity {
        IMPORT_LINE("import-line", "runs code at every start"),
        SUPPRESSED_IMPORT("suppressed-import", "is not run, since a .start file has the same name"),
        START_ENTRY("start-entry", "runs code at every start"),
        DANGLING("dangling", "adds nothing, since there is no such file"),
        BAD_LINE("bad-line", "cannot be a path: the interpreter ignores the rest of the file"),
        UNDECODABLE("undecodable", "is not UTF-8: the interpreter does not start"),
        UNREADABLE("unreadable", "cannot be read, or is no regular file, or is too long"),
        EDITABLE("editable", "imports from elsewhere"),
        EGG_LINK("egg-link", "is a development install"),
        CUSTOMIZE("customize", "runs code at every start"),
        TWICE("twice", "is the same directory as an earlier entry"),
        MISSING("missing", "does not exist");

        private final String word;
        private final String meaning;

        Oddity(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }

        /** A predicate whose subject is the line, the file or the entry. */
        public String meaning() {
            return meaning;
        }

        /** Whether the finding is about a path entry, and not about a file that an installer put there. */
        public boolean isAboutEntry() {
            return this == TWICE || this == MISSING;
        }

        /** Whether the interpreter runs code of the file when it starts. Such code may change {@code sys.path} in any way. */
        public boolean runsCode() {
            return this == IMPORT_LINE || this == START_ENTRY || this == CUSTOMIZE;
        }
    }

    PathFinding(Oddity kind, RawPath file) {
        this(kind, file, 0, RawPath.EMPTY);
    }
}
