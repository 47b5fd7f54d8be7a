package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.snapshot.KeptCount;
import dev.freshpyc.indexer.snapshot.KeptCount.Method;
import dev.freshpyc.indexer.snapshot.RollbackSummary;
import dev.freshpyc.indexer.snapshot.SaveResult;
import dev.freshpyc.indexer.snapshot.Scrub;
import dev.freshpyc.indexer.snapshot.SnapshotListing;
import dev.freshpyc.indexer.snapshot.SnapshotListing.ListedSnapshot;
import dev.freshpyc.indexer.snapshot.SnapshotName;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Prints snapshots, and what became of them. */
public final class SnapshotReport {

    private static final int LISTED = 20;

    private SnapshotReport() {}

    /**
     * Prints what a new snapshot keeps.
     *
     * @param proved whether the save has tried to prove bytecode
     */
    public static void saved(RawPath entry, SnapshotName name, SaveResult result, boolean proved, PrintStream out) {
        out.println(entry.shown() + ": saved snapshot " + name + ": "
                + Words.count(result.kept().files(), "pyc") + methods(result.kept()));
        if (result.wrong() > 0) {
            out.println(Words.count(result.wrong(), "pyc") + (result.wrong() == 1 ? " has" : " have")
                    + " other code than the source compiles to: a rollback restores such a pyc only if no interpreter would"
                    + " load it");
        }
        if (result.unproven() > 0) {
            out.println(Words.count(result.unproven(), "pyc") + (result.unproven() == 1 ? " is" : " are")
                    + " unproven: a rollback restores an unproven pyc only if no interpreter would load it; "
                    + (proved
                            ? "--prove found no proof"
                            : "'freshpyc snapshot save --prove NAME' proves bytecode first"));
        }
    }

    /** Prints what could not be kept, and the warning about the room that snapshots take. */
    public static void complain(SaveResult result, PrintStream err) {
        result.left().forEach(line -> err.println("freshpyc: " + line));
        if (result.leftCount() > result.left().size()) {
            err.println("freshpyc: " + Words.number(result.leftCount()) + " pycs in all were not kept");
        }
        result.warning().ifPresent(line -> err.println("freshpyc: warning: " + line));
    }

    private static String methods(KeptCount kept) {
        String text = Arrays.stream(Method.values())
                .filter(method -> kept.files(method) > 0)
                .map(method -> Words.number(kept.files(method)) + " " + method.label() + " ("
                        + Words.bytes(kept.bytes(method)) + ")")
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : ": " + text;
    }

    /** Prints the snapshots of some entries. */
    public static void list(List<SnapshotListing> listings, DocumentFormat format, PrintStream out) {
        switch (format) {
            case TEXT -> listings.forEach(listing -> text(listing, out));
            case JSON -> json(listings, out);
        }
    }

    private static void text(SnapshotListing listing, PrintStream out) {
        out.println("Snapshots for " + listing.entry().shown() + ":"
                + (listing.rows().isEmpty() ? " none" : ""));
        for (ListedSnapshot row : listing.rows()) {
            out.println((row.isDefault() ? "* " : "  ") + row.name() + "  "
                    + Age.text(row.createdAtNanos(), Clock.systemUTC()) + ", "
                    + Words.count(row.kept().files(), "pyc") + methods(row.kept()) + "; takes "
                    + Words.bytes(row.room().own()) + " of its own, shares "
                    + Words.bytes(row.room().shared()));
        }
    }

    private static void json(List<SnapshotListing> listings, PrintStream out) {
        try (JsonGenerator json = AsciiJson.generator(out)) {
            DocumentSchema.SNAPSHOTS.start(json);
            json.writeArrayPropertyStart("entries");
            for (SnapshotListing listing : listings) {
                json.writeStartObject();
                json.writeStringProperty("entry", listing.entry().toPython());
                json.writeArrayPropertyStart("snapshots");
                listing.rows().forEach(row -> json(json, row));
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void json(JsonGenerator json, ListedSnapshot row) {
        json.writeStartObject();
        json.writeStringProperty("name", row.name().text());
        json.writeBooleanProperty("default", row.isDefault());
        json.writeNumberProperty("created_ns", row.createdAtNanos());
        json.writeName("base");
        FindingJson.string(json, row.base().map(SnapshotName::text).orElse(null));
        for (Method method : Method.values()) {
            json.writeObjectPropertyStart(method.label());
            json.writeNumberProperty("files", row.kept().files(method));
            json.writeNumberProperty("bytes", row.kept().bytes(method));
            json.writeEndObject();
        }
        json.writeNumberProperty("own_bytes", row.room().own());
        json.writeNumberProperty("shared_bytes", row.room().shared());
        json.writeEndObject();
    }

    /**
     * Prints what a rollback did.
     *
     * @param dry whether the run changed nothing
     */
    public static void rolledBack(
            RawPath entry, RollbackSummary summary, boolean dry, DocumentFormat format, PrintStream out) {
        switch (format) {
            case TEXT -> text(entry, summary, dry, out);
            case JSON -> json(entry, summary, dry, out);
        }
    }

    private static void text(RawPath entry, RollbackSummary summary, boolean dry, PrintStream out) {
        summary.left().stream()
                .limit(LISTED)
                .forEach(left -> out.println(left.pyc().shown() + ": left: " + left.why()));
        long more = summary.leftCount() - Math.min(LISTED, summary.left().size());
        if (more > 0) {
            out.println("and " + Words.number(more) + " more; --format json lists them");
        }
        out.println(entry.shown() + ": " + Words.count(summary.seen(), "pyc") + " in the snapshot; "
                + (dry ? "would be put back: " : "put back: ") + Words.number(summary.putBack()) + ", as then: "
                + Words.number(summary.asWanted()) + ", left: " + Words.number(summary.leftCount()));
    }

    private static void json(RawPath entry, RollbackSummary summary, boolean dry, PrintStream out) {
        try (JsonGenerator json = AsciiJson.generator(out)) {
            DocumentSchema.ROLLBACK.start(json);
            json.writeStringProperty("entry", entry.toPython());
            json.writeBooleanProperty("dry_run", dry);
            json.writeNumberProperty("seen", summary.seen());
            json.writeNumberProperty("put_back", summary.putBack());
            json.writeNumberProperty("as_then", summary.asWanted());
            json.writeNumberProperty("left", summary.leftCount());
            json.writeArrayPropertyStart("left_files");
            summary.left().forEach(left -> {
                json.writeStartObject();
                json.writeStringProperty("pyc", left.pyc().toPython());
                json.writeStringProperty("why", left.why());
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** Prints what a scrub removed. */
    public static void scrubbed(RawPath entry, Scrub.ScrubResult result, PrintStream out) {
        out.println(entry.shown() + ": removed the index, " + Words.count(result.snapshots(), "snapshot") + " and "
                + Words.count(result.journals(), "journal"));
        if (result.hasSharedJournals()) {
            out.println("journals of runs that changed other trees too stay: 'freshpyc undo --discard' deletes all");
        }
    }
}
