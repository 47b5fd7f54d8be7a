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

/** Validates documents against the published schemas of their formats. */
final class Schemas {

    private Schemas() {}

    /** Requires that a document is valid against a JSON Schema in the test resources. */
    static void requireJson(String schema, String document) throws IOException {
        try (InputStream text = open(schema)) {
            Schema valid = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text);
            assertThat(valid.validate(document, InputFormat.JSON)).as(document).isEmpty();
        }
    }

    /** Requires that a document is valid against an XML Schema in the test resources. */
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
