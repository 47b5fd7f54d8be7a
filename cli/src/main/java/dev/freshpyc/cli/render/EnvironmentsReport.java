package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.inventory.Installation;
import dev.freshpyc.indexer.site.PathFinding;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Prints each environment as a paragraph or as one object. */
public final class EnvironmentsReport implements AutoCloseable {

    /** The kind of a path entry. */
    public enum PathKind {
        DIRECTORY,
        /** A file, which an interpreter reads as a zip file. */
        ARCHIVE,
        MISSING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An entry of {@code sys.path}.
     *
     * @param pycs how many bytecode files are below the entry or in the archive, without those of other entries inside
     */
    public record PathRow(RawPath path, PathKind kind, long pycs) {}

    private final DocumentFormat format;
    private final PrintStream out;
    private final Function<RawPath, Optional<String>> owners;
    private final JsonGenerator json;
    private boolean any;

    /**
     * A report without environments.
     *
     * @param owners finds the distribution that a file belongs to
     */
    public EnvironmentsReport(DocumentFormat format, PrintStream out, Function<RawPath, Optional<String>> owners) {
        this.format = format;
        this.out = out;
        this.owners = owners;
        this.json = AsciiJson.generator(out);
        if (format == DocumentFormat.JSON) {
            DocumentSchema.ENVIRONMENTS.start(json);
            json.writeArrayPropertyStart("environments");
        }
    }

    public void environment(Installation known, List<PathRow> path) {
        switch (format) {
            case TEXT -> text(known, path);
            case JSON -> json(known, path);
        }
        any = true;
    }

    @Override
    public void close() {
        if (format == DocumentFormat.JSON) {
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } else if (!any) {
            out.println("No interpreter was found; name one with --python EXE.");
        }
        json.flush();
    }

    private void text(Installation known, List<PathRow> path) {
        if (any) {
            out.println();
        }
        out.println(known.executable().shown());
        out.println("  version " + known.version()
                + known.tag().map(tag -> ", tag " + RawPath.of(tag).shown()).orElse(", no tag")
                + known.magic().map(magic -> ", magic " + magic.number()).orElse("")
                + ", prefix " + known.prefix().shown());
        known.answer().ifPresent(this::text);
        known.notAsked().ifPresent(why -> out.println("  sys.path computed from files: the interpreter " + why));
        for (PathRow row : path) {
            String pycs = Words.count(row.pycs(), "pyc");
            String kind = switch (row.kind()) {
                case DIRECTORY -> pycs;
                case ARCHIVE -> row.kind().word() + ", " + pycs;
                case MISSING -> row.kind().word();
            };
            out.println("  " + row.path().shown() + ": " + kind);
        }
        for (PathFinding finding : known.findings()) {
            out.println("  odd: " + sentence(finding));
        }
    }

    private void text(PythonEnvironment answer) {
        answer.pycachePrefix().ifPresent(prefix -> out.println("  cache prefix " + prefix.shown()));
        String checks = answer.facts().hashChecks();
        String frozen = answer.frozen().isEmpty()
                ? ""
                : ", " + Words.count(answer.frozen().size(), "frozen module");
        out.println("  hash-based pycs are checked: " + checks + frozen);
    }

    private String sentence(PathFinding finding) {
        String line = finding.line() == 0 ? "" : ", line " + finding.line();
        String text = finding.text().length() == 0 ? "" : ": " + shortened(finding.text());
        String owner = owner(finding)
                .map(name -> " (" + RawPath.of(name).shown() + ")")
                .orElse("");
        return finding.file().shown() + line + owner + " " + finding.kind().meaning() + text;
    }

    private static String shortened(RawPath text) {
        byte[] bytes = text.toBytes();
        int most = 160;
        return bytes.length <= most ? text.shown() : RawPath.of(bytes, 0, most).shown() + " ...";
    }

    private Optional<String> owner(PathFinding finding) {
        return finding.kind().isAboutEntry() ? Optional.empty() : owners.apply(finding.file());
    }

    private void json(Installation known, List<PathRow> path) {
        json.writeStartObject();
        json.writeStringProperty("python", known.executable().toPython());
        json.writeStringProperty("version", known.version());
        nullable("tag", known.tag());
        if (known.magic().isPresent()) {
            json.writeNumberProperty("magic", known.magic().get().number());
        } else {
            json.writeNullProperty("magic");
        }
        json.writeStringProperty("prefix", known.prefix().toPython());
        json.writeArrayPropertyStart("path");
        for (PathRow row : path) {
            json.writeStartObject();
            json.writeStringProperty("path", row.path().toPython());
            json.writeStringProperty("kind", row.kind().word());
            json.writeNumberProperty("pycs", row.pycs());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("findings");
        known.findings().forEach(this::json);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void json(PathFinding finding) {
        json.writeStartObject();
        json.writeStringProperty("kind", finding.kind().word());
        json.writeStringProperty("file", finding.file().toPython());
        if (finding.line() == 0) {
            json.writeNullProperty("line");
        } else {
            json.writeNumberProperty("line", finding.line());
        }
        nullable("text", Optional.of(finding.text().toPython()).filter(text -> !text.isEmpty()));
        nullable("distribution", owner(finding));
        json.writeEndObject();
    }

    private void nullable(String name, Optional<String> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get());
        } else {
            json.writeNullProperty(name);
        }
    }
}
