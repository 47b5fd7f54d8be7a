package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.image.repair.ImageRepair.ImageRepairResult;
import dev.freshpyc.indexer.image.repair.ImageRepair.LeftFile;
import java.io.PrintStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Prints the result of a repair of an image, or of its dry run. */
public final class ImageRepairReport {

    private static final int LISTED = 20;

    private ImageRepairReport() {}

    /**
     * Prints the result.
     *
     * @param output the image that was written; empty where nothing was written
     */
    public static void print(ImageRepairResult result, Optional<RawPath> output, Format format, PrintStream out) {
        if (format == Format.TEXT) {
            text(result, output, out);
        } else {
            json(result, output, out);
        }
    }

    private static void text(ImageRepairResult result, Optional<RawPath> output, PrintStream out) {
        result.left().stream()
                .limit(LISTED)
                .forEach(file -> out.println(file.path().shown() + "  left: " + file.why()));
        if (result.left().size() > LISTED) {
            out.println("and " + Words.number(result.left().size() - LISTED) + " more; --format json lists them");
        }
        String verb = output.isEmpty() ? "would get new headers: " : "new headers: ";
        out.println(Words.number(result.seen()) + " seen; " + verb
                + Words.number(result.headers().size()) + "; " + Words.number(result.asWanted()) + " as wanted; "
                + Words.number(result.left().size()) + " left");
        output.ifPresent(file -> out.println(
                result.headers().isEmpty()
                        ? file.shown() + ": the same image, since no header is to be written"
                        : file.shown() + ": the image with one layer more"));
    }

    private static void json(ImageRepairResult result, Optional<RawPath> output, PrintStream out) {
        JsonGenerator json = AsciiJson.generator(out);
        DocumentSchema.REPAIR_IMAGE.start(json);
        json.writeBooleanProperty("dry_run", output.isEmpty());
        FindingJson.path(json, "output", output.orElse(null));
        json.writeNumberProperty("seen", result.seen());
        json.writeNumberProperty("as_wanted", result.asWanted());
        json.writeArrayPropertyStart("new_headers");
        result.headers().keySet().forEach(path -> json.writeString(path.toPython()));
        json.writeEndArray();
        json.writeArrayPropertyStart("left");
        for (LeftFile file : result.left()) {
            json.writeStartObject();
            FindingJson.path(json, "pyc", file.path());
            json.writeStringProperty("why", file.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }
}
