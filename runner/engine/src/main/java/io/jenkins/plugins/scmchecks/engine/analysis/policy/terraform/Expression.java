package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.List;

/**
 * An expression of HCL's native syntax (hclsyntax/spec.md), as written. {@code start} and {@code end} are offsets into
 * the file's text, the end exclusive.
 */
sealed interface Expression {

    int start();

    int end();

    /** A String, Long, Double, Boolean or null. */
    record Literal(Object value, int start, int end) implements Expression {}

    /** Parts that are joined to one text; a template of a single interpolation is that expression itself. */
    record Template(List<Expression> parts, int start, int end) implements Expression {}

    /** A template's {@code %{ for }}: the body once for every element. {@code keyName} may be null. */
    record TemplateFor(String keyName, String valueName, Expression collection, Expression body, int start, int end)
            implements Expression {}

    /** The first name of a reference: {@code var}, {@code local}, {@code aws_s3_bucket}, a variable of a for. */
    record Name(String name, int start, int end) implements Expression {}

    record Attribute(Expression target, String name, int start, int end) implements Expression {}

    record Index(Expression target, Expression key, int start, int end) implements Expression {}

    /** {@code source[*].each} or {@code source.*.each}; {@code each} starts from an {@link Element}. */
    record Splat(Expression source, Expression each, int start, int end) implements Expression {}

    /** The element of the innermost splat. */
    record Element(int start, int end) implements Expression {}

    /** @param spread whether the last argument is followed by {@code ...} */
    record Call(String function, List<Expression> arguments, boolean spread, int start, int end)
            implements Expression {}

    record Unary(char operator, Expression operand, int start, int end) implements Expression {}

    /** @param operator as written, such as {@code ==} */
    record Binary(String operator, Expression left, Expression right, int start, int end) implements Expression {}

    record Conditional(Expression condition, Expression whenTrue, Expression whenFalse, int start, int end)
            implements Expression {}

    record Tuple(List<Expression> items, int start, int end) implements Expression {}

    record ObjectLiteral(List<Item> items, int start, int end) implements Expression {

        /** A bare name as key is a literal, as in HCL. */
        record Item(Expression key, Expression value) {}
    }

    /**
     * A for expression.
     *
     * @param keyName or null
     * @param key null for a tuple
     * @param condition or null
     * @param grouped whether values of the same key are collected ({@code ...})
     */
    record For(
            String keyName,
            String valueName,
            Expression collection,
            Expression key,
            Expression value,
            Expression condition,
            boolean grouped,
            int start,
            int end)
            implements Expression {}
}
