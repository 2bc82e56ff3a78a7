package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.DocumentException;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a Bicep file's parameters, variables, modules and resources; outputs, types and functions are passed over.
 * (Bicep language specification, github.com/Azure/bicep, docs/grammar.md.)
 */
final class BicepParser {

    private static final int MAX_CHARACTERS = 5_000_000;

    private final BicepText in;
    private final BicepExpressions expressions;

    private BicepParser(String text) {
        this.in = new BicepText(text);
        this.expressions = new BicepExpressions(in, this::nested);
    }

    /**
     * Reads a file, each statement handed over as soon as it is read.
     *
     * @throws DocumentException where the text is not Bicep; what stands before has been handed over
     */
    static void parse(String text, Consumer<BicepStatement> statements) throws DocumentException {
        if (text.length() > MAX_CHARACTERS) {
            throw new DocumentException("the file has " + text.length() + " characters; at most " + MAX_CHARACTERS
                    + " are read", 0, 0);
        }
        new BicepParser(text).statements(statements);
    }

    private void statements(Consumer<BicepStatement> statements) throws DocumentException {
        in.space();
        while (!in.atEnd()) {
            Set<String> decorators = decorators();
            int start = in.at();
            String keyword = in.word();
            in.blanks();
            switch (keyword) {
                case "param" -> statements.accept(parameter(decorators.contains("secure"), start));
                case "var" -> {
                    String name = in.name();
                    Expr value = valueBehindEquals();
                    if (value != null) {
                        statements.accept(new BicepStatement.Variable(name, value));
                    }
                }
                case "resource" -> statements.accept(declaration(start));
                case "using" -> statements.accept(new BicepStatement.Using(text()));
                case "module" -> statements.accept(module());
                default -> {
                    in.statement();
                    in.moveTo(Math.max(in.at(), start + 1));
                }
            }
            in.space();
        }
    }

    private BicepStatement.Parameter parameter(boolean secure, int start) throws DocumentException {
        String name = in.name();
        in.blanks();
        String type = in.word();
        Region head = in.region(start);
        return new BicepStatement.Parameter(name, type, secure, valueBehindEquals(), head);
    }

    private Set<String> decorators() throws DocumentException {
        Set<String> names = new HashSet<>();
        while (in.accept("@")) {
            String name = in.word();
            while (in.accept(".")) {
                name = in.word();
            }
            names.add(name);
            if (in.peek() == '(') {
                in.brackets();
            }
            in.space();
        }
        return names;
    }

    /** Passes over the type, which may be anything, to the value; {@return it, or null when there is none} */
    private Expr valueBehindEquals() throws DocumentException {
        int equals = in.statement();
        if (equals < 0) {
            return null;
        }
        in.moveTo(equals + 1);
        in.space();
        return expressions.expression();
    }

    /** Reads a resource within another's body, when one begins here; else {@return null} */
    private BicepStatement.Declaration nested() throws DocumentException {
        int start = in.at();
        decorators();
        int keyword = in.at();
        boolean resource = in.word().equals("resource");
        in.blanks();
        if (resource && Character.isLetter(in.peek()) || resource && in.peek() == '_') {
            return declaration(keyword);
        }
        in.moveTo(start);
        return null;
    }

    private BicepStatement.Module module() throws DocumentException {
        in.name();
        in.blanks();
        String path = text();
        in.blanks();
        in.expect("=");
        in.space();
        BicepValues.Body body = expressions.values().body(new ArrayList<>());
        return new BicepStatement.Module(path, body.object(), body.loop());
    }

    private String text() throws DocumentException {
        return in.peek() == '\'' ? String.valueOf(Functions.text(expressions.values().plainText())) : in.word();
    }

    private BicepStatement.Declaration declaration(int start) throws DocumentException {
        in.blanks();
        String name = in.name();
        in.blanks();
        String type = Functions.text(expressions.values().plainText());
        in.blanks();
        boolean existing = in.accept("existing");
        Region head = in.region(start);
        in.blanks();
        in.expect("=");
        in.space();
        List<BicepStatement.Declaration> nested = new ArrayList<>();
        BicepValues.Body body = expressions.values().body(nested);
        String whole = String.valueOf(type);
        int version = whole.indexOf('@');
        return new BicepStatement.Declaration(
                name,
                version < 0 ? whole : whole.substring(0, version),
                version < 0 ? "" : whole.substring(version + 1),
                existing,
                body.object(),
                body.loop(),
                nested,
                head);
    }
}
