package dev.freshpyc.cli.render;

import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.audit.Finding;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the findings as test cases in the XML of Maven Surefire's reports, which CI servers read. Every entry is a case as well,
 * so that a tree without findings has a case that passes and an entry that cannot be read is an error.
 */
final class JunitReport implements AuditRenderer {

    private static final String SUITE = "testsuite";

    private static final String CASE = "testcase";

    private static final String NAME = "freshpyc audit";

    private final PrintStream out;
    private final Optional<Survival> after;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter row;
    private final SortedRows<PathEntry> cases = new SortedRows<>("");
    private long tests;
    private long failures;
    private long skipped;

    JunitReport(PrintStream out, Optional<Survival> after) {
        this.out = out;
        this.after = after;
        try {
            row = writer(bytes);
            row.writeStartElement(SUITE); // the writer needs a root element, which is not printed
            begin(row);
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
        bytes.reset();
    }

    @Override
    public void accept(List<Finding> directory) {
        for (Finding finding : directory) {
            try {
                write(finding);
            } catch (XMLStreamException broken) {
                throw new IllegalStateException(broken);
            }
            cases.add(finding.entry(), finding.path(), finding.level().name(), bytes.toByteArray());
            bytes.reset();
        }
    }

    @Override
    public void finish(List<EntryReport> entries, List<String> gaps) {
        AccessObstacle.forEach(entries, this::add);
        try {
            XMLStreamWriter xml = writer(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement(SUITE);
            xml.writeAttribute("name", NAME);
            xml.writeAttribute("tests", String.valueOf(tests + entries.size() + gaps.size()));
            long refused = entries.stream()
                    .filter(entry -> entry.refusal().isPresent())
                    .count();
            xml.writeAttribute("errors", String.valueOf(refused + gaps.size()));
            xml.writeAttribute("skipped", String.valueOf(skipped));
            xml.writeAttribute("failures", String.valueOf(failures));
            begin(xml);
            for (EntryReport entry : entries) {
                write(xml, entry);
            }
            for (String gap : gaps) {
                begin(xml, /* name= */ gap, /* group= */ NAME);
                error(xml, gap, "incomplete");
                end(xml);
            }
            xml.flush();
            cases.writeTo(out);
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() {
        cases.close();
        out.flush();
    }

    private void add(AccessObstacle obstacle) {
        try {
            begin(row, obstacle.shown(), obstacle.entry().path().shown());
            tests++;
            fail(AccessObstacle.LABEL, AccessObstacle.LABEL, obstacle.sentence() + "\n" + AccessObstacle.REMEDY);
            end(row);
            row.flush();
        } catch (XMLStreamException broken) {
            throw new IllegalStateException(broken);
        }
        cases.add(obstacle.entry(), obstacle.path(), "", bytes.toByteArray());
        bytes.reset();
    }

    private void fail(String message, String type, String text) throws XMLStreamException {
        failures++;
        row.writeStartElement("failure");
        row.writeAttribute("message", message);
        row.writeAttribute("type", type);
        row.writeCharacters(text);
        row.writeEndElement();
    }

    private void write(Finding finding) throws XMLStreamException {
        begin(row, FindingText.item(finding), finding.entry().path().shown());
        tests++;
        switch (Severity.of(finding.verdict())) {
            case ERROR, WARNING ->
                fail(
                        FindingText.verdict(finding),
                        finding.verdict().kind().label(),
                        FindingText.sentence(finding, after) + "\n" + FindingText.remedy(finding));
            case NOTE -> {
                skipped++;
                row.writeEmptyElement("skipped");
                row.writeAttribute("message", FindingText.sentence(finding, after));
            }
            case NONE -> {
                // a case without a child passes
            }
        }
        end(row);
        row.flush();
    }

    private static void write(XMLStreamWriter xml, EntryReport entry) throws XMLStreamException {
        begin(xml, "the entry", entry.entry().path().shown());
        if (entry.refusal().isPresent()) {
            error(xml, "could not be read: " + entry.refusal().get().symbol(), "unreadable");
        } else {
            xml.writeStartElement("system-out");
            xml.writeCharacters(Words.count(entry.counts().total(), "pyc") + Counts.text(entry.counts(), ": "));
            xml.writeEndElement();
        }
        end(xml);
    }

    private static void begin(XMLStreamWriter xml, String name, String group) throws XMLStreamException {
        xml.writeStartElement(CASE);
        xml.writeAttribute("name", name);
        xml.writeAttribute("classname", group);
        xml.writeAttribute("time", "0");
    }

    private static void error(XMLStreamWriter xml, String message, String type) throws XMLStreamException {
        xml.writeEmptyElement("error");
        xml.writeAttribute("message", message);
        xml.writeAttribute("type", type);
    }

    private static void end(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    /** Ends the start tag of the suite, which otherwise waits for its content. */
    private static void begin(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.flush();
    }

    private static XMLStreamWriter writer(OutputStream to) throws XMLStreamException {
        return XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to, "UTF-8");
    }
}
