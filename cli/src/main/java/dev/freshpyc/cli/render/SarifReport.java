package dev.freshpyc.cli.render;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the findings as SARIF 2.1.0 (OASIS). The name of a file in a result is relative where the entry was named by a relative
 * path, as pages that show code need.
 */
final class SarifReport implements AuditRenderer {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /** Must change with the parts of the fingerprint; every result counts as new then. */
    private static final String FINGERPRINT = "freshpyc/v1";

    private static final RawPath TOP = RawPath.of("/");

    /** The base of the files of an image, which are no files of this system. */
    private static final String IMAGE = "IMAGE";

    private final PrintStream out;
    private final Optional<Survival> after;
    private final Optional<LayerNotes> layers;
    private final RowWriter writer = new RowWriter();
    private final SortedRows<PathEntry> results = new SortedRows<>(",\n");
    private final Map<String, SarifRule> rules = new TreeMap<>();

    SarifReport(PrintStream out, Optional<Survival> after, Optional<LayerNotes> layers) {
        this.out = out;
        this.after = after;
        this.layers = layers;
    }

    @Override
    public void accept(List<Finding> directory) {
        for (Finding finding : directory) {
            rules.computeIfAbsent(SarifRule.id(finding.verdict()), _ -> SarifRule.of(finding.verdict()));
            results.add(
                    finding.entry(),
                    finding.path(),
                    finding.level().name(),
                    writer.render(json -> result(json, finding), ""));
        }
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        AccessObstacle.forEach(entries, obstacle -> {
            rules.computeIfAbsent(AccessObstacle.LABEL, _ -> SarifRule.ofObstacles());
            results.add(obstacle.entry(), obstacle.path(), "", writer.render(json -> result(json, obstacle), ""));
        });
        JsonGenerator json = AsciiJson.generator(out);
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        driver(json);
        base(json);
        invocation(json, entries, gaps);
        json.writeArrayPropertyStart("results");
        json.flush();
        results.writeTo(out);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }

    @Override
    public void close() {
        results.close();
        out.flush();
    }

    private void driver(JsonGenerator json) {
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "freshpyc");
        json.writeStringProperty("semanticVersion", Version.number());
        json.writeArrayPropertyStart("rules");
        rules.values().forEach(rule -> rule.write(json));
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void base(JsonGenerator json) {
        if (layers.isPresent()) {
            json.writeObjectPropertyStart("originalUriBaseIds");
            json.writeObjectPropertyStart(IMAGE);
            json.writeObjectPropertyStart("description");
            json.writeStringProperty("text", "The root directory of the image.");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    /** Writes what the audit has missed: a reader takes a result that is not in the report for a solved problem. */
    private static void invocation(JsonGenerator json, List<EntryReport> entries, List<String> gaps) {
        List<String> missed = new ArrayList<>();
        for (EntryReport entry : entries) {
            entry.refusal()
                    .ifPresent(errno ->
                            missed.add(entry.entry().path().shown() + " could not be read: " + errno.symbol()));
            long unread = entry.counts().of(Verdict.Kind.UNREADABLE);
            if (unread > 0) {
                missed.add("in " + entry.entry().path().shown() + ", files or directories could not be read: "
                        + Words.number(unread));
            }
        }
        missed.addAll(gaps);
        json.writeArrayPropertyStart("invocations");
        json.writeStartObject();
        json.writeBooleanProperty("executionSuccessful", missed.isEmpty());
        json.writeArrayPropertyStart("toolExecutionNotifications");
        for (String text : missed) {
            json.writeStartObject();
            json.writeStringProperty("level", Severity.ERROR.sarif());
            message(json, text);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void result(JsonGenerator json, Finding finding) {
        Severity severity = Severity.of(finding.verdict());
        FindingPlace place = FindingPlace.of(finding);
        json.writeStartObject();
        json.writeStringProperty("ruleId", SarifRule.id(finding.verdict()));
        json.writeStringProperty("level", severity.sarif());
        if (severity == Severity.NONE) {
            json.writeStringProperty("kind", "pass");
        }
        message(json, FindingText.sentence(finding, after) + " " + FindingText.remedy(finding));
        json.writeArrayPropertyStart("locations");
        location(json, place.file(), place.member());
        json.writeEndArray();
        if (place.bytecode().isPresent()) {
            json.writeArrayPropertyStart("relatedLocations");
            location(json, place.bytecode().get(), Optional.empty());
            json.writeEndArray();
        }
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty(FINGERPRINT, fingerprint(finding));
        json.writeEndObject();
        json.writeObjectPropertyStart("properties");
        json.writeName("finding");
        FindingJson.write(json, finding, after, layers);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void result(JsonGenerator json, AccessObstacle obstacle) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", AccessObstacle.LABEL);
        json.writeStringProperty("level", AccessObstacle.SEVERITY.sarif());
        message(json, obstacle.sentence() + " " + AccessObstacle.REMEDY);
        json.writeArrayPropertyStart("locations");
        location(json, obstacle.file(), Optional.empty());
        json.writeEndArray();
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty(
                FINGERPRINT, fingerprint(AccessObstacle.LABEL, obstacle.entry(), obstacle.path(), "", ""));
        json.writeEndObject();
        json.writeObjectPropertyStart("properties");
        json.writeName("finding");
        obstacle.write(json);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Writes the place of a finding. It names line 1, since pages that show code require a line. */
    private void location(JsonGenerator json, RawPath file, Optional<RawPath> member) {
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        if (layers.isPresent()) {
            json.writeStringProperty(
                    "uri", FindingPlace.uri(file.relativeTo(TOP).orElse(file)));
            json.writeStringProperty("uriBaseId", IMAGE);
        } else {
            json.writeStringProperty("uri", FindingPlace.uri(file));
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty("startLine", 1);
        json.writeEndObject();
        json.writeEndObject();
        member.ifPresent(name -> {
            json.writeArrayPropertyStart("logicalLocations");
            json.writeStartObject();
            json.writeStringProperty("fullyQualifiedName", name.shown());
            json.writeStringProperty("kind", "member");
            json.writeEndObject();
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private static void message(JsonGenerator json, String text) {
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("text", text);
        json.writeEndObject();
    }

    /**
     * A text that is equal for equal verdicts on one file, whatever the order of the scan, the reasons and the times
     * are.
     */
    private static String fingerprint(Finding finding) {
        return fingerprint(
                finding.verdict().kind().label(),
                finding.entry(),
                finding.path(),
                finding.tag() == null ? "" : finding.tag().name(),
                finding.level().name());
    }

    private static String fingerprint(String verdict, PathEntry entry, RawPath path, String tag, String level) {
        String parts = String.join("\0", verdict, FindingPlace.uri(entry.path()), FindingPlace.uri(path), tag, level);
        return Sha256.of(Sha256.newDigest().digest(parts.getBytes(StandardCharsets.UTF_8)))
                .toString();
    }
}
