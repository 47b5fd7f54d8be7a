package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.MemberPair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes a finding as one JSON object. */
final class FindingJson {

    private FindingJson() {}

    /**
     * Writes a finding.
     *
     * @param after the transport for which the verdict is predicted
     * @param layers of the image that is audited
     */
    static void write(JsonGenerator json, Finding finding, Optional<Survival> after, Optional<LayerNotes> layers) {
        json.writeStartObject();
        path(json, "source", finding.source());
        path(json, "pyc", finding.pyc());
        json.writeStringProperty("entry", finding.entry().path().toPython());
        variant(json, finding.tag() == null ? null : finding.tag().name(), finding.level());
        verdict(json, finding.verdict());
        json.writeName("header");
        header(json, finding.header());
        member(json, finding);
        if (finding.hider() != null) {
            path(json, "hider", finding.hider());
        }
        if (finding.unread()) {
            json.writeStringProperty("body", "unread");
        }
        after.ifPresent(known -> json.writeStringProperty("after", known.word()));
        layers.ifPresent(notes -> notes.json(json, finding));
        json.writeEndObject();
    }

    /** Writes the place of a member of an archive. */
    private static void member(JsonGenerator json, Finding finding) {
        MemberPair members = finding.members();
        if (members == null) {
            return;
        }
        json.writeName("member");
        json.writeStartObject();
        path(json, "path", finding.shownPath());
        json.writeNumberProperty("index", members.pyc().index());
        json.writeNumberProperty("offset", members.pyc().headerAt());
        json.writeNumberProperty("method", members.pyc().method());
        json.writeName("reader");
        string(json, members.reader().map(PythonVersion::toString).orElse(null));
        json.writeEndObject();
    }

    /** Writes the properties of a pyc's record in the index. */
    static void recorded(JsonGenerator json, PycRecord pyc) {
        variant(json, pyc.tag(), pyc.level());
        verdict(json, pyc.verdict());
    }

    /** Writes the interpreter and the level of a pyc. */
    static void variant(JsonGenerator json, @Nullable String tag, OptimizationLevel level) {
        json.writeName("tag");
        string(json, tag);
        json.writeStringProperty("opt", level.name());
    }

    static void verdict(JsonGenerator json, Verdict verdict) {
        json.writeStringProperty("verdict", verdict.kind().label());
        json.writeName("interpreter");
        string(
                json,
                verdict.interpreter() == null ? null : verdict.interpreter().label());
        json.writeStringProperty("reason", verdict.reason().label());
        json.writeName("evidence");
        string(json, verdict.evidence() == null ? null : verdict.evidence().label());
    }

    private static void header(JsonGenerator json, @Nullable PycHeader header) {
        switch (header) {
            case PycHeader.Timestamped stamped -> {
                json.writeStartObject();
                json.writeNumberProperty("magic", stamped.magic().number());
                json.writeStringProperty("kind", "timestamp");
                json.writeNumberProperty("mtime", Integer.toUnsignedLong(stamped.mtime()));
                if (stamped.layout() != HeaderLayout.MTIME) {
                    json.writeNumberProperty("size", Integer.toUnsignedLong(stamped.size()));
                }
                json.writeEndObject();
            }
            case PycHeader.Hashed hashed -> {
                json.writeStartObject();
                json.writeNumberProperty("magic", hashed.magic().number());
                json.writeStringProperty("kind", hashed.checkSource() ? "checked-hash" : "unchecked-hash");
                json.writeStringProperty("hash", hashed.hash().toString());
                json.writeEndObject();
            }
            case PycHeader.BadFlags bad -> {
                json.writeStartObject();
                json.writeNumberProperty("magic", bad.magic().number());
                json.writeNumberProperty("flags", Integer.toUnsignedLong(bad.flags()));
                json.writeEndObject();
            }
            case PycHeader.Cut _ -> json.writeNull();
            case null -> json.writeNull();
        }
    }

    static void path(JsonGenerator json, String name, @Nullable RawPath path) {
        json.writeName(name);
        string(json, path == null ? null : path.toPython());
    }

    static void string(JsonGenerator json, @Nullable String value) {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }
}
