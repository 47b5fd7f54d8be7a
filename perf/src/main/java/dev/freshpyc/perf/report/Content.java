package dev.freshpyc.perf.report;

import dev.freshpyc.perf.measure.Table;

/** A piece of a section, in the order of measurement. */
public sealed interface Content {

    /** The piece as Markdown, without the empty line that follows. */
    String markdown();

    /** The piece as a terminal shows it; empty for a picture. */
    String text();

    /** A line of text, which may hold names of files and messages of programs. */
    record Note(String line) implements Content {
        @Override
        public String markdown() {
            return Table.escaped(line) + "\n";
        }

        @Override
        public String text() {
            return line + System.lineSeparator();
        }
    }

    /** A table. */
    record Tabled(Table table) implements Content {
        @Override
        public String markdown() {
            return table.markdown();
        }

        @Override
        public String text() {
            return System.lineSeparator() + table;
        }
    }

    /**
     * A picture.
     *
     * @param file its name in the folder of pictures
     * @param title what it shows, for readers who do not see it
     */
    record Picture(String file, String title, String svg) implements Content {
        @Override
        public String markdown() {
            return "![" + Table.escaped(title) + "](" + ResultsFile.PICTURES + "/" + file + ")\n";
        }

        @Override
        public String text() {
            return "";
        }
    }
}
