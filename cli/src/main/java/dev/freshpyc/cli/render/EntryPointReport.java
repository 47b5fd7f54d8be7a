package dev.freshpyc.cli.render;

import dev.freshpyc.core.metadata.EntryPoint;
import dev.freshpyc.core.metadata.EntryPointAnswer;
import dev.freshpyc.core.metadata.EntryPointAnswer.FoundEntryPoint;
import dev.freshpyc.core.path.RawPath;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Prints entry points. */
public final class EntryPointReport {

    private EntryPointReport() {}

    public static void print(EntryPointAnswer answer, DocumentFormat format, PrintStream out) {
        switch (format) {
            case TEXT -> printText(answer, out);
            case JSON -> printJson(answer, out);
        }
    }

    /** Prints the distributions that are left out of the answer. */
    public static void complain(EntryPointAnswer answer, PrintStream err) {
        for (EntryPointAnswer.Fault fault : answer.faults()) {
            err.println("freshpyc: "
                    + fault.entry().resolve(RawPath.of(fault.file())).shown() + ": left out: "
                    + RawPath.of(fault.why()).shown()
                    + (fault.isRefusal()
                            ? "; importlib.metadata would include this distribution"
                            : "; importlib.metadata.entry_points() fails on this distribution"));
        }
    }

    private static void printText(EntryPointAnswer answer, PrintStream out) {
        Map<String, List<FoundEntryPoint>> groups = new LinkedHashMap<>();
        for (FoundEntryPoint found : answer.found()) {
            groups.computeIfAbsent(found.entryPoint().group(), _ -> new ArrayList<>())
                    .add(found);
        }
        boolean first = true;
        for (Map.Entry<String, List<FoundEntryPoint>> group : groups.entrySet()) {
            out.println((first ? "" : "\n") + "[" + shown(group.getKey()) + "]");
            first = false;
            for (FoundEntryPoint found : group.getValue()) {
                EntryPoint point = found.entryPoint();
                String whose = shown(found.distribution()
                                .name()
                                .orElse(found.distribution().file()))
                        + found.distribution()
                                .version()
                                .map(version -> " " + shown(version))
                                .orElse("");
                out.println(shown(point.name()) + " = " + shown(point.value()) + "  (" + whose + ")");
            }
        }
    }

    private static void printJson(EntryPointAnswer answer, PrintStream out) {
        JsonGenerator json = AsciiJson.generator(out);
        DocumentSchema.ENTRY_POINTS.start(json);
        json.writeArrayPropertyStart("entry_points");
        for (FoundEntryPoint found : answer.found()) {
            json.writeStartObject();
            json.writeStringProperty("group", found.entryPoint().group());
            json.writeStringProperty("name", found.entryPoint().name());
            json.writeStringProperty("value", found.entryPoint().value());
            json.writeName("dist");
            FindingJson.string(json, found.distribution().name().orElse(null));
            json.writeName("version");
            FindingJson.string(json, found.distribution().version().orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static String shown(String text) {
        return RawPath.of(text).shown();
    }
}
