package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.List;

/** Reads Bicep's texts, with escapes and what is put into them. */
final class BicepTexts {

    private final BicepText in;
    private final Inner expressions;

    /** Reads the expression that is put into a text. */
    interface Inner {
        Expr read() throws DocumentException;
    }

    BicepTexts(BicepText in, Inner expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Expr text() throws DocumentException {
        int start = in.at();
        StringBuilder marks = new StringBuilder();
        while (in.accept("$")) {
            marks.append('$');
        }
        boolean raw = in.accept("'''");
        // A text of several lines takes expressions behind as many $ as stand before it.
        String open = raw ? marks + "{" : "${";
        boolean filled = !raw || marks.length() > 0;
        if (!raw) {
            in.expect("'");
        }
        List<Expr> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (!in.accept(raw ? "'''" : "'")) {
            if (in.atEnd() || !raw && in.peek() == '\n') {
                throw in.problem("a text has no end");
            }
            if (filled && in.accept(open)) {
                parts.add(new Expr.Literal(new Node.Scalar(plain.toString(), in.region(start))));
                plain.setLength(0);
                in.space();
                parts.add(expressions.read());
                in.space();
                in.expect("}");
            } else if (!raw && in.accept("\\")) {
                escape(plain);
            } else {
                plain.append(in.take());
            }
        }
        Region region = in.region(start);
        Node end = new Node.Scalar(plain.toString(), region);
        if (parts.isEmpty()) {
            return new Expr.Literal(end);
        }
        parts.add(new Expr.Literal(end));
        return new Expr.Text(parts, region);
    }

    private void escape(StringBuilder plain) throws DocumentException {
        if (in.atEnd()) {
            throw in.problem("a text has no end");
        }
        char c = in.take();
        if (c == 'u' && in.accept("{")) {
            String hex = in.word();
            in.expect("}");
            boolean valid = hex.matches("[0-9a-fA-F]{1,6}") && Integer.parseInt(hex, 16) <= Character.MAX_CODE_POINT;
            plain.appendCodePoint(valid ? Integer.parseInt(hex, 16) : '?');
        } else {
            plain.append(c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c);
        }
    }
}
