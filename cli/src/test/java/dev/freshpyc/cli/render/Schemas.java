package dev.freshpyc.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** Holds documents against the published schemas of their formats. */
final class Schemas {

    private Schemas() {}

    /** Requires a document that is valid against a JSON Schema among the tests' files. */
    static void requireJson(String schema, String document) throws IOException {
        try (InputStream text = open(schema)) {
            Schema valid = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text);
            assertThat(valid.validate(document, InputFormat.JSON)).as(document).isEmpty();
        }
    }

    /** Requires a document that is valid against an XML Schema among the tests' files. */
    static void requireXml(String schema, String document) throws IOException, SAXException {
        try (InputStream text = open(schema)) {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(text))
                    .newValidator()
                    .validate(new StreamSource(new StringReader(document)));
        }
    }

    private static InputStream open(String schema) {
        return Objects.requireNonNull(Schemas.class.getResourceAsStream(schema), schema);
    }
}
