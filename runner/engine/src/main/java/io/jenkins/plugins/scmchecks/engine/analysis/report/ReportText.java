package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The whole text of a report that is no SARIF. Untrusted: bounded, and without any document type definition. */
final class ReportText {

    /** Parsers that take a whole text need several times its size. */
    static final long MAX_BYTES = 64L << 20;

    private static final Pattern ENCODING = Pattern.compile("^<\\?xml[^>]{0,200}encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']");

    /** A prolog whose document type has nothing inside: what it names outside is never fetched, so it can go. */
    private static final Pattern HARMLESS_TYPE = Pattern.compile("<!DOCTYPE[^>\\[]{0,500}>");

    private ReportText() {}

    /**
     * @throws ReportException when the text declares entities, which could be a bomb or reach for other files
     * @throws ReportBytes.TooLargeException when it is too large
     */
    static String read(String name, ReportReader.Source source) throws IOException {
        byte[] bytes;
        try (InputStream in = ReportBytes.open(source, MAX_BYTES)) {
            bytes = in.readAllBytes();
        }
        String text = new String(bytes, charset(bytes));
        if (!text.stripLeading().startsWith("<")) {
            return text;
        }
        String prolog = text.substring(0, endOfProlog(text));
        String safe = HARMLESS_TYPE.matcher(prolog).replaceAll("");
        if (safe.contains("<!DOCTYPE") || safe.contains("<!ENTITY")) {
            throw new ReportException(
                    name + ": declares a document type (<!DOCTYPE … [), which is not read for safety; leave it out", null);
        }
        String whole = safe + text.substring(prolog.length());
        requireWellFormed(name, whole);
        return whole;
    }

    /** Parsers tell of broken XML in many ways, some on the console: so it is told here. */
    private static void requireWellFormed(String name, String text) throws ReportException {
        if (!text.stripLeading().startsWith("<?xml")) {
            return;
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text.stripLeading()));
            while (xml.hasNext()) {
                xml.next();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            String reason = e.getMessage().replaceAll("(?s).*Message: ", "");
            throw new ReportException(name + ": not readable as XML at line " + line + ": " + reason, e);
        }
    }

    private static Charset charset(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 300), StandardCharsets.ISO_8859_1);
        Matcher matcher = ENCODING.matcher(head.stripLeading());
        try {
            // UTF-16 has been turned into UTF-8 by now, whatever the declaration says.
            return matcher.find() && !matcher.group(1).toUpperCase(java.util.Locale.ROOT).startsWith("UTF-")
                    ? Charset.forName(matcher.group(1))
                    : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The root element begins at the first {@code <} that begins neither a declaration nor a comment. */
    private static int endOfProlog(String text) {
        int at = text.indexOf('<');
        while (at >= 0 && at + 1 < text.length()) {
            if (text.startsWith("<!--", at)) {
                at = text.indexOf("-->", at);
            } else if (text.charAt(at + 1) != '?' && text.charAt(at + 1) != '!') {
                return at;
            } else {
                at++;
            }
            at = at < 0 ? -1 : text.indexOf('<', at);
        }
        return text.length();
    }
}
