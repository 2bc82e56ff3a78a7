package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles conditions written in the Common Expression Language. CEL's own parser reads them; they are evaluated by
 * {@link Expression}, over the nodes themselves and with three truth values. Thread-safe. This class, and with it the
 * parser, is loaded when the first condition is compiled and not before: it takes longer than many an analysis.
 */
public final class CelConditions {

    private static final int MAX_CHARACTERS = 4_000;

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current()
                    .maxExpressionCodePointSize(MAX_CHARACTERS)
                    .maxParseRecursionDepth(100)
                    .maxParseErrorRecoveryLimit(3)
                    .build())
            .build();

    private static final Map<String, Expression.Quantifier> QUANTIFIERS = Map.of(
            "exists", Expression.Quantifier.EXISTS,
            "all", Expression.Quantifier.ALL,
            "exists_one", Expression.Quantifier.EXISTS_ONE,
            "filter", Expression.Quantifier.FILTER,
            "map", Expression.Quantifier.MAP);

    private CelConditions() {}

    /**
     * Compiles a condition.
     *
     * @param text at most 4000 characters
     * @param variables that it may use
     * @throws ConditionException when it is no CEL, or uses a variable or function that does not exist
     */
    public static Expression compile(String text, Set<String> variables) throws ConditionException {
        return expression(parse(text), variables);
    }

    /**
     * Compiles a selection of elements, <code>name in list</code>.
     *
     * @throws ConditionException as {@link #compile} does, or when it has another form
     */
    public static Binding compileBinding(String text, Set<String> variables) throws ConditionException {
        CelExpr expr = parse(text);
        boolean form = expr.getKind() == CelExpr.ExprKind.Kind.CALL
                && expr.call().function().equals("@in")
                && expr.call().args().get(0).getKind() == CelExpr.ExprKind.Kind.IDENT;
        if (!form) {
            throw new ConditionException(
                    "write 'name in list', as in 'container in resource._containers', not '" + text + "'");
        }
        return new Binding(
                expr.call().args().get(0).ident().name(), expression(expr.call().args().get(1), variables));
    }

    private static CelExpr parse(String text) throws ConditionException {
        CelValidationResult result;
        try {
            result = PARSER.parse(text);
            if (!result.hasError()) {
                return result.getAst().getExpr();
            }
        } catch (CelValidationException | RuntimeException e) {
            throw new ConditionException("not a CEL expression: " + e.getMessage());
        }
        CelIssue issue = result.getErrors().get(0);
        throw new ConditionException("not a CEL expression: " + issue.getMessage() + " (column "
                + (issue.getSourceLocation().getColumn() + 1) + " of '" + text.strip() + "')");
    }

    private static Expression expression(CelExpr expr, Set<String> variables) throws ConditionException {
        return switch (expr.getKind()) {
            case CONSTANT -> new Expression.Literal(constant(expr.constant()));
            case IDENT -> variable(expr.ident().name(), variables);
            case SELECT -> new Expression.Select(
                    expression(expr.select().operand(), variables), expr.select().field());
            case LIST -> new Expression.ListOf(expressions(expr.list().elements(), variables));
            case CALL -> call(expr.call(), variables);
            case STRUCT, MAP, COMPREHENSION, NOT_SET ->
                throw new ConditionException("a " + expr.getKind() + " cannot be used in a condition");
        };
    }

    private static Expression variable(String name, Set<String> variables) throws ConditionException {
        if (!variables.contains(name)) {
            throw new ConditionException("unknown variable '" + name + "'; there are "
                    + String.join(", ", variables.stream().sorted().toList()));
        }
        return new Expression.Variable(name);
    }

    private static List<Expression> expressions(List<CelExpr> list, Set<String> variables) throws ConditionException {
        List<Expression> result = new ArrayList<>(list.size());
        for (CelExpr expr : list) {
            result.add(expression(expr, variables));
        }
        return result;
    }

    private static Object constant(CelConstant constant) throws ConditionException {
        return switch (constant.getKind()) {
            case NULL_VALUE -> null;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> constant.uint64Value().longValue();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            default -> throw new ConditionException("a constant of kind " + constant.getKind() + " cannot be used");
        };
    }

    private static Expression call(CelExpr.CelCall call, Set<String> variables) throws ConditionException {
        Expression.Quantifier quantifier = call.target().isPresent() ? QUANTIFIERS.get(call.function()) : null;
        if (quantifier != null) {
            return comprehension(quantifier, call, variables);
        }
        List<CelExpr> all = new ArrayList<>();
        call.target().ifPresent(all::add);
        all.addAll(call.args());
        List<Expression> arguments = expressions(all, variables);
        switch (call.function()) {
            case "!_":
                return new Expression.Not(arguments.get(0));
            case "_&&_":
                return new Expression.Logical(false, arguments.get(0), arguments.get(1));
            case "_||_":
                return new Expression.Logical(true, arguments.get(0), arguments.get(1));
            case "_?_:_":
                return new Expression.Conditional(arguments.get(0), arguments.get(1), arguments.get(2));
            case "_[_]":
                return new Expression.Index(arguments.get(0), arguments.get(1));
            case "known":
                if (arguments.size() == 1) {
                    return new Expression.Known(arguments.get(0));
                }
                break;
            default:
                break;
        }
        return function(call.function(), arguments);
    }

    private static Expression function(String name, List<Expression> arguments) throws ConditionException {
        Functions.Function function = Functions.named(name);
        if (function == null) {
            throw new ConditionException("unknown function '" + name + "'");
        }
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            throw new ConditionException("'" + name + "' takes " + function.least()
                    + (function.most() > function.least() ? " to " + function.most() : "")
                    + " arguments, the one it is called on included, not " + arguments.size());
        }
        if (name.equals("matches") && arguments.get(1) instanceof Expression.Literal literal) {
            return matching(arguments.get(0), Values.text(literal.constant()));
        }
        return new Expression.Call(function, arguments);
    }

    private static Expression matching(Expression text, String regex) throws ConditionException {
        try {
            LazyPattern pattern = new LazyPattern(regex);
            pattern.isIn("");
            return new Expression.Matches(text, pattern);
        } catch (PatternSyntaxException e) {
            throw new ConditionException("not a regular expression (RE2): " + e.getMessage());
        }
    }

    private static Expression comprehension(
            Expression.Quantifier quantifier, CelExpr.CelCall call, Set<String> variables) throws ConditionException {
        boolean form = call.args().size() == 2
                && call.args().get(0).getKind() == CelExpr.ExprKind.Kind.IDENT;
        if (!form) {
            throw new ConditionException("write list." + call.function() + "(name, condition)");
        }
        String name = call.args().get(0).ident().name();
        Set<String> inner = new HashSet<>(variables);
        inner.add(name);
        return new Expression.Comprehension(
                quantifier,
                expression(call.target().orElseThrow(), variables),
                name,
                expression(call.args().get(1), inner));
    }
}
