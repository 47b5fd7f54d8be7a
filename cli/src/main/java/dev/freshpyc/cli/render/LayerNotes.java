package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.image.ImageFile;
import dev.freshpyc.indexer.image.archive.Image;
import dev.freshpyc.indexer.image.archive.ImageLayer;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Says of an image's findings which layers their files are from, and counts the findings of each layer. */
public final class LayerNotes {

    /** How many hexadecimal digits of a digest a text shows. */
    private static final int DIGITS = 12;

    private static final int COMMAND = 60;

    private final Image image;
    private final long[] pycs;
    private final List<VerdictCounts> findings = new ArrayList<>();

    public LayerNotes(Image image) {
        this.image = image;
        this.pycs = image.tree().bytecodeByLayer(image.layers().size());
        image.layers().forEach(_ -> findings.add(new VerdictCounts()));
    }

    /** Counts findings, fresh files not among them. */
    void count(List<Finding> found) {
        for (Finding finding : found) {
            if (VerdictCounts.isFinding(finding.verdict().kind())) {
                file(finding, finding.pyc())
                        .or(() -> file(finding, finding.source()))
                        .filter(file -> file.layer() > 0)
                        .ifPresent(file -> findings.get(file.layer() - 1)
                                .add(finding.verdict().kind()));
            }
        }
    }

    /** Which layers brought the two files, where they are not the same. */
    Optional<String> text(Finding finding) {
        Optional<ImageFile> source = file(finding, finding.source());
        Optional<ImageFile> pyc = file(finding, finding.pyc());
        if (source.isEmpty() || pyc.isEmpty()) {
            return pyc.or(() -> source).map(file -> "from layer " + file.layer());
        }
        int first = pyc.get().layer();
        int second = source.get().layer();
        if (first == second) {
            return Optional.of("both from layer " + first);
        }
        String verb = source.get().isReplacement() ? "replaced in" : "from";
        return Optional.of("source " + verb + " layer " + second + ", bytecode from layer " + first);
    }

    /** The properties of a finding. */
    void json(JsonGenerator json, Finding finding) {
        layer(json, "layer", file(finding, finding.pyc()));
        layer(json, "source_layer", file(finding, finding.source()));
    }

    private static void layer(JsonGenerator json, String name, Optional<ImageFile> file) {
        json.writeName(name);
        if (file.isPresent()) {
            json.writeNumber(file.get().layer());
        } else {
            json.writeNull();
        }
    }

    /** The section of the layers. */
    void print(PrintStream out) {
        out.println("Layers, the lowest first:");
        for (ImageLayer layer : image.layers()) {
            VerdictCounts found = findings.get(layer.number() - 1);
            String command = layer.command().isEmpty() ? "" : "  " + shown(layer.command());
            out.println("  " + layer.number() + "  " + layer.digest().substring(0, "sha256:".length() + DIGITS) + "  "
                    + Words.count(pycs[layer.number()], "pyc") + Counts.text(found, ": ") + command);
        }
        out.println();
    }

    /** The property {@code layers}. */
    void json(JsonGenerator json) {
        json.writeArrayPropertyStart("layers");
        for (ImageLayer layer : image.layers()) {
            json.writeStartObject();
            json.writeNumberProperty("layer", layer.number());
            json.writeStringProperty("digest", layer.digest());
            json.writeStringProperty("created_by", RawPath.of(layer.command()).toPython());
            json.writeNumberProperty("pycs", pycs[layer.number()]);
            Counts.json(findings.get(layer.number() - 1), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private Optional<ImageFile> file(Finding finding, @Nullable RawPath path) {
        return Optional.ofNullable(path)
                .flatMap(known -> image.tree()
                        .find(
                                known.isAbsolute()
                                        ? known
                                        : finding.entry().path().resolve(known)));
    }

    private static String shown(String command) {
        String text = RawPath.of(command).shown();
        return text.length() <= COMMAND ? text : text.substring(0, COMMAND) + "...";
    }
}
