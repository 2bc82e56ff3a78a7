package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands between Bicep's operators: texts, numbers, names, calls, lists, objects and loops. */
final class BicepValues {

    private final BicepText in;
    private final BicepTexts texts;
    private final BicepTexts.Inner expressions;
    private final NestedResource nestedResource;
    private int depth;

    /** Reads a resource that is declared within an object, when one begins here. */
    interface NestedResource {
        BicepStatement.Declaration read() throws DocumentException;
    }

    BicepValues(BicepText in, BicepTexts.Inner expressions, NestedResource nestedResource) {
        this.in = in;
        this.texts = new BicepTexts(in, expressions);
        this.expressions = expressions;
        this.nestedResource = nestedResource;
    }

    /** The object of a resource or module, with or without a condition, and the loop that it stands in, or null. */
    record Body(Expr.Obj object, Expr.LoopHead loop) {}

    Body body(List<BicepStatement.Declaration> nested) throws DocumentException {
        Expr.LoopHead loop = null;
        if (in.accept("[")) {
            in.space();
            loop = loopHead();
        }
        if (in.startsWith("if")) {
            in.word();
            in.blanks();
            in.brackets();
            in.space();
        }
        if (in.peek() != '{') {
            throw in.problem("a resource's body begins with '{'");
        }
        Expr.Obj body = object(nested);
        if (loop != null) {
            in.space();
            in.expect("]");
        }
        return new Body(body, loop);
    }

    /** {@code for x in list:} or {@code for (x, i) in list:}. */
    private Expr.LoopHead loopHead() throws DocumentException {
        in.expect("for");
        in.blanks();
        String element;
        String index = null;
        if (in.accept("(")) {
            in.space();
            element = in.name();
            in.space();
            in.expect(",");
            in.space();
            index = in.name();
            in.space();
            in.expect(")");
        } else {
            element = in.name();
        }
        in.blanks();
        in.expect("in");
        in.blanks();
        Expr list = expressions.read();
        in.blanks();
        in.expect(":");
        in.space();
        return new Expr.LoopHead(element, index, list);
    }

    /** {@return a text into which nothing is put, or null} */
    Node plainText() throws DocumentException {
        return texts.text() instanceof Expr.Literal literal ? literal.value() : null;
    }

    Expr primary() throws DocumentException {
        int start = in.at();
        char c = in.peek();
        if (c == '\'' || c == '$') {
            return texts.text();
        } else if (c == '[') {
            return array();
        } else if (c == '{') {
            return object(new ArrayList<>());
        } else if (c == '(') {
            in.take();
            in.space();
            Expr inner = argument();
            in.space();
            in.expect(")");
            return inner;
        }
        String word = in.name();
        Region region = in.region(start);
        if (Character.isDigit(c)) {
            boolean number = word.matches("[0-9]{1,17}");
            return new Expr.Literal(number
                    ? new Node.Scalar(Long.parseLong(word), region)
                    : new Node.Unknown("no number: " + word, region));
        }
        return switch (word) {
            case "true", "false" -> new Expr.Literal(new Node.Scalar(word.equals("true"), region));
            case "null" -> new Expr.Literal(new Node.Scalar(null, region));
            default -> in.peek() == '('
                    ? new Expr.Call(word, arguments(), in.region(start))
                    : new Expr.Name(word, region);
        };
    }

    List<Expr> arguments() throws DocumentException {
        List<Expr> arguments = new ArrayList<>();
        in.expect("(");
        in.space();
        while (!in.accept(")")) {
            arguments.add(argument());
            in.space();
            in.accept(",");
            in.space();
            if (in.atEnd()) {
                throw in.problem("')' is missing");
            }
        }
        return arguments;
    }

    /** An expression, or a function {@code x => …}, {@code (x, y) => …}. */
    private Expr argument() throws DocumentException {
        int start = in.at();
        if (in.peek() == '(') {
            in.brackets();
        } else {
            in.word();
        }
        in.blanks();
        if (in.accept("=>")) {
            in.space();
            expressions.read();
            return new Expr.Opaque("a function", List.of(), in.region(start));
        }
        in.moveTo(start);
        return expressions.read();
    }

    private Expr array() throws DocumentException {
        int start = in.at();
        in.expect("[");
        in.space();
        if (in.startsWith("for ")) {
            Expr.LoopHead head = loopHead();
            if (in.startsWith("if")) {
                in.word();
                in.blanks();
                in.brackets();
                in.space();
            }
            Expr item = expressions.read();
            in.space();
            in.expect("]");
            return new Expr.Loop(head, item, in.region(start));
        }
        List<Expr> items = new ArrayList<>();
        boolean spread = false;
        while (!in.accept("]")) {
            spread |= in.accept("...");
            items.add(expressions.read());
            in.space();
            in.accept(",");
            in.space();
            if (in.atEnd()) {
                throw in.problem("']' is missing");
            }
        }
        return spread
                ? new Expr.Opaque("a list that another is put into", items, in.region(start))
                : new Expr.Array(items, in.region(start));
    }

    private Expr.Obj object(List<BicepStatement.Declaration> nested) throws DocumentException {
        if (++depth > BicepExpressions.MAX_DEPTH) {
            throw in.problem("nested too deeply");
        }
        int start = in.at();
        List<Expr.Field> fields = new ArrayList<>();
        in.expect("{");
        in.space();
        while (!in.accept("}")) {
            BicepStatement.Declaration child = nestedResource.read();
            if (child != null) {
                nested.add(child);
            } else {
                field(fields);
            }
            in.space();
            in.accept(",");
            in.space();
            if (in.atEnd()) {
                throw in.problem("'}' is missing");
            }
        }
        depth--;
        return new Expr.Obj(fields, in.region(start));
    }

    private void field(List<Expr.Field> fields) throws DocumentException {
        if (in.accept("...")) {
            expressions.read();
            return;
        }
        int start = in.at();
        Expr name;
        if (in.peek() == '\'') {
            name = texts.text();
        } else {
            String word = in.name();
            name = new Expr.Literal(new Node.Scalar(word, in.region(start)));
        }
        Region key = in.region(start);
        in.blanks();
        in.expect(":");
        in.space();
        fields.add(new Expr.Field(name, key, expressions.read()));
    }
}
