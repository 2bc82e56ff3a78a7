package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.List;

/** Matches the directives of a template: what stands between an {@code if} or {@code for} and its end belongs to it. */
final class TemplateTree {

    /** One piece of a template before its directives are matched. */
    sealed interface Piece {

        record Part(Expression expression) implements Piece {}

        /** @param expression of an {@code if}, or null */
        record Directive(String keyword, Expression expression, CollectionParser.Loop loop, int start, int end)
                implements Piece {}
    }

    private final List<Piece> pieces;
    private int next;

    private TemplateTree(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** {@return the template of the pieces between two offsets} */
    static Expression of(List<Piece> pieces, int start, int end) {
        return new TemplateTree(pieces).tree(start, end);
    }

    private Expression tree(int start, int end) {
        List<Expression> parts = parts(1);
        if (next < pieces.size()) {
            Piece.Directive stray = (Piece.Directive) pieces.get(next);
            throw new SyntaxError(stray.start(), "the directive " + stray.keyword() + " closes nothing");
        }
        if (parts.isEmpty()) {
            return new Expression.Literal("", start, end);
        }
        if (parts.size() == 1 && parts.get(0) instanceof Expression.Literal literal
                && literal.value() instanceof String) {
            return new Expression.Literal(literal.value(), start, end);
        }
        return new Expression.Template(parts, start, end);
    }

    /** Takes pieces up to a directive that closes or parts a surrounding one. */
    private List<Expression> parts(int depth) {
        if (depth > Cursor.MAX_DEPTH) {
            throw new SyntaxError(((Piece.Directive) pieces.get(next - 1)).start(),
                    "directives nested deeper than " + Cursor.MAX_DEPTH + " levels");
        }
        List<Expression> parts = new ArrayList<>();
        while (next < pieces.size()) {
            Piece piece = pieces.get(next);
            if (piece instanceof Piece.Part part) {
                parts.add(part.expression());
                next++;
                continue;
            }
            Piece.Directive directive = (Piece.Directive) piece;
            if (directive.keyword().equals("if")) {
                next++;
                parts.add(conditional(directive, depth));
            } else if (directive.keyword().equals("for")) {
                next++;
                Expression body = join(parts(depth + 1), directive);
                close("endfor", directive);
                CollectionParser.Loop loop = directive.loop();
                parts.add(new Expression.TemplateFor(loop.keyName(), loop.valueName(), loop.collection(), body,
                        directive.start(), directive.end()));
            } else {
                break;
            }
        }
        return parts;
    }

    private Expression conditional(Piece.Directive directive, int depth) {
        Expression whenTrue = join(parts(depth + 1), directive);
        Expression whenFalse = new Expression.Literal("", directive.start(), directive.end());
        if (next < pieces.size() && ((Piece.Directive) pieces.get(next)).keyword().equals("else")) {
            next++;
            whenFalse = join(parts(depth + 1), directive);
        }
        close("endif", directive);
        return new Expression.Conditional(
                directive.expression(), whenTrue, whenFalse, directive.start(), directive.end());
    }

    private void close(String keyword, Piece.Directive opened) {
        if (next >= pieces.size() || !((Piece.Directive) pieces.get(next)).keyword().equals(keyword)) {
            throw new SyntaxError(opened.start(), "the directive " + opened.keyword() + " is not closed by " + keyword);
        }
        next++;
    }

    private static Expression join(List<Expression> parts, Piece.Directive directive) {
        return new Expression.Template(parts, directive.start(), directive.end());
    }
}
