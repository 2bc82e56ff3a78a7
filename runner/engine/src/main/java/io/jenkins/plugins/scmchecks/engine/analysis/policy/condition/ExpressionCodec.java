package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes compiled expressions and reads them again, so that built-in policies need no CEL parser when they run. Only
 * ever given what the build itself wrote.
 */
public final class ExpressionCodec {

    private enum Kind {
        NULL, TRUE, FALSE, LONG, DOUBLE, TEXT, VARIABLE, SELECT, INDEX, LIST, NOT, AND, OR, CONDITIONAL, CALL, MATCHES,
        KNOWN, COMPREHENSION
    }

    private static final Kind[] KINDS = Kind.values();
    private static final Expression.Quantifier[] QUANTIFIERS = Expression.Quantifier.values();

    private ExpressionCodec() {}

    public static void write(Expression expression, DataOutput out) throws IOException {
        if (expression instanceof Expression.Literal literal) {
            writeConstant(literal.constant(), out);
        } else if (expression instanceof Expression.Variable variable) {
            kind(Kind.VARIABLE, out).writeUTF(variable.name());
        } else if (expression instanceof Expression.Select select) {
            kind(Kind.SELECT, out).writeUTF(select.field());
            write(select.target(), out);
        } else if (expression instanceof Expression.Index index) {
            kind(Kind.INDEX, out);
            write(index.target(), out);
            write(index.index(), out);
        } else if (expression instanceof Expression.ListOf list) {
            kind(Kind.LIST, out);
            writeAll(list.items(), out);
        } else if (expression instanceof Expression.Not not) {
            kind(Kind.NOT, out);
            write(not.operand(), out);
        } else if (expression instanceof Expression.Logical logical) {
            kind(logical.decisive() ? Kind.OR : Kind.AND, out);
            write(logical.left(), out);
            write(logical.right(), out);
        } else if (expression instanceof Expression.Conditional conditional) {
            kind(Kind.CONDITIONAL, out);
            write(conditional.condition(), out);
            write(conditional.then(), out);
            write(conditional.otherwise(), out);
        } else if (expression instanceof Expression.Call call) {
            kind(Kind.CALL, out).writeUTF(call.function().name());
            writeAll(call.arguments(), out);
        } else if (expression instanceof Expression.Matches matches) {
            kind(Kind.MATCHES, out).writeUTF(matches.pattern().regex());
            write(matches.target(), out);
        } else if (expression instanceof Expression.Known known) {
            kind(Kind.KNOWN, out);
            write(known.operand(), out);
        } else if (expression instanceof Expression.Comprehension comprehension) {
            kind(Kind.COMPREHENSION, out).writeByte(comprehension.quantifier().ordinal());
            out.writeUTF(comprehension.variable());
            write(comprehension.range(), out);
            write(comprehension.body(), out);
        }
    }

    private static DataOutput kind(Kind kind, DataOutput out) throws IOException {
        out.writeByte(kind.ordinal());
        return out;
    }

    private static void writeAll(List<Expression> expressions, DataOutput out) throws IOException {
        out.writeShort(expressions.size());
        for (Expression expression : expressions) {
            write(expression, out);
        }
    }

    private static void writeConstant(Object constant, DataOutput out) throws IOException {
        if (constant == null) {
            kind(Kind.NULL, out);
        } else if (constant instanceof Boolean truth) {
            kind(truth ? Kind.TRUE : Kind.FALSE, out);
        } else if (constant instanceof Long number) {
            kind(Kind.LONG, out).writeLong(number);
        } else if (constant instanceof Double number) {
            kind(Kind.DOUBLE, out).writeDouble(number);
        } else {
            kind(Kind.TEXT, out).writeUTF(constant.toString());
        }
    }

    /** @throws IOException when it is not what {@link #write} wrote */
    public static Expression read(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind >= KINDS.length) {
            throw new IOException("no expression begins with " + kind);
        }
        return switch (KINDS[kind]) {
            case NULL -> new Expression.Literal(null);
            case TRUE -> new Expression.Literal(true);
            case FALSE -> new Expression.Literal(false);
            case LONG -> new Expression.Literal(in.readLong());
            case DOUBLE -> new Expression.Literal(in.readDouble());
            case TEXT -> new Expression.Literal(in.readUTF());
            case VARIABLE -> new Expression.Variable(in.readUTF());
            case SELECT -> {
                String field = in.readUTF();
                yield new Expression.Select(read(in), field);
            }
            case INDEX -> new Expression.Index(read(in), read(in));
            case LIST -> new Expression.ListOf(readAll(in));
            case NOT -> new Expression.Not(read(in));
            case AND -> new Expression.Logical(false, read(in), read(in));
            case OR -> new Expression.Logical(true, read(in), read(in));
            case CONDITIONAL -> new Expression.Conditional(read(in), read(in), read(in));
            case CALL -> {
                String name = in.readUTF();
                Functions.Function function = Functions.named(name);
                if (function == null) {
                    throw new IOException("no function '" + name + "'");
                }
                yield new Expression.Call(function, readAll(in));
            }
            case MATCHES -> {
                LazyPattern pattern = new LazyPattern(in.readUTF());
                yield new Expression.Matches(read(in), pattern);
            }
            case KNOWN -> new Expression.Known(read(in));
            case COMPREHENSION -> {
                Expression.Quantifier quantifier = QUANTIFIERS[in.readUnsignedByte()];
                String variable = in.readUTF();
                yield new Expression.Comprehension(quantifier, read(in), variable, read(in));
            }
        };
    }

    private static List<Expression> readAll(DataInput in) throws IOException {
        int size = in.readUnsignedShort();
        List<Expression> expressions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            expressions.add(read(in));
        }
        return expressions;
    }
}
