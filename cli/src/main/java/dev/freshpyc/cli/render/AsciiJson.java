package dev.freshpyc.cli.render;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes JSON in ASCII. All other characters of a file name are escaped, with lone surrogates, so that Python's {@code
 * os.fsencode(json.loads(line)["pyc"])} names the file.
 */
public final class AsciiJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .rootValueSeparator("")
            .build();

    private AsciiJson() {}

    /** A generator that writes to {@code out} when it is flushed or closed. */
    public static JsonGenerator generator(Writer out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /** A generator that writes to {@code out} when it is flushed or closed. */
    public static JsonGenerator generator(PrintStream out) {
        return generator(new PrintWriter(out, false, StandardCharsets.US_ASCII));
    }
}
