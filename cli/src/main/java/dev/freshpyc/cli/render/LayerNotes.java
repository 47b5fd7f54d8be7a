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

/** Prints which layers the files of an image's findings are from, and counts the findings of each layer. */
public final class LayerNotes {

    /** How many hexadecimal digits of a digest are shown. */
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

    /** Counts findings without the fresh files. */
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

    /** Which layers the two files are from; empty if the image has neither. */
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

    /** The layer of a file, with the digest and the command of the layer; empty if the image has no such file. */
    Optional<String> origin(RawPath path) {
        return image.tree()
                .find(path)
                .filter(file -> file.layer() > 0)
                .map(file -> file.layer() + "  "
                        + shown(image.layers().get(file.layer() - 1))
                        + (file.isReplacement() ? "; a lower layer has another file of this name" : ""));
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
            out.println("  " + layer.number() + "  " + digest(layer) + "  " + Words.count(pycs[layer.number()], "pyc")
                    + Counts.text(found, ": ") + command(layer));
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
                .flatMap(known -> image.tree().find(finding.entry().path().locate(known)));
    }

    private static String shown(ImageLayer layer) {
        return digest(layer) + command(layer);
    }

    private static String digest(ImageLayer layer) {
        return layer.digest().substring(0, "sha256:".length() + DIGITS);
    }

    private static String command(ImageLayer layer) {
        String text = RawPath.of(layer.command()).shown();
        return text.isEmpty() ? "" : "  " + (text.length() <= COMMAND ? text : text.substring(0, COMMAND) + "...");
    }
}
